import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { invitationToken } from '#contracts';
import { type CustomerClaim, isSigned, readCustomerToken, signCustomerToken } from './customer-token.ts';
import { isToken, newToken } from './tokens.ts';

// Hundreds of tokens each, and a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

describe('random tokens', () => {
  it('are of their own kind only, and no two are the same', () => {
    const tokens = Array.from({ length: 200 }, () => newToken('pls'));
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) expect([isToken('pls', token), isToken('pli', token)]).toEqual([true, false]);
    expect(invitationToken.safeParse(newToken('pli')).success).toBe(true);
    for (const other of ['', 'pls_', `${tokens[0]}A`, `${tokens[0]}\n`, tokens[0]?.slice(1) ?? '']) {
      expect(isToken('pls', other)).toBe(false);
    }
  });
});

describe("a customer's token", () => {
  const claims: fc.Arbitrary<CustomerClaim> = fc.record({
    tenant: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' }),
    customer: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    issuedAt: fc.nat(),
  });
  const secrets = fc.string({ minLength: 32, maxLength: 64 });
  const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

  it('says what was signed, and holds against the secret that signed it', () => {
    fc.assert(
      fc.property(claims, secrets, secrets, (claim, secret, other) => {
        fc.pre(secret !== other);
        const read = readCustomerToken(signCustomerToken(claim, secret));
        if (!read) return false;
        expect(read.claim).toEqual(claim);
        return (
          isSigned(read, [secret]) &&
          isSigned(read, [other, secret]) &&
          !isSigned(read, [other]) &&
          !isSigned(read, [])
        );
      }),
    );
  });

  it('does not hold any more when one character is another, is missing or is one too many', () => {
    const change = fc.record({
      at: fc.nat(),
      to: fc.constantFrom(...base64url),
      how: fc.constantFrom('replace', 'insert', 'remove'),
    });
    fc.assert(
      fc.property(claims, secrets, change, (claim, secret, { at, to, how }) => {
        const token = signCustomerToken(claim, secret);
        const place = at % token.length;
        const rest = token.slice(place + (how === 'insert' ? 0 : 1));
        const changed = token.slice(0, place) + (how === 'remove' ? '' : to) + rest;
        fc.pre(changed !== token);
        const read = readCustomerToken(changed);
        return read === null || !isSigned(read, [secret]);
      }),
      { numRuns: 500 },
    );
  });

  it('cannot be made of parts of two others', () => {
    fc.assert(
      fc.property(claims, claims, secrets, (one, two, secret) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        const [signed] = signCustomerToken(one, secret).split('.');
        const [, signature] = signCustomerToken(two, secret).split('.');
        const read = readCustomerToken(`${signed}.${signature}`);
        return read !== null && !isSigned(read, [secret]);
      }),
    );
  });

  it('may be anything at all without an exception', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `plc_${Buffer.from(text).toString('base64url')}.${'A'.repeat(43)}`),
      fc.json().map((text) => `plc_${Buffer.from(text).toString('base64url')}.${'A'.repeat(43)}`),
    );
    fc.assert(
      fc.property(anything, (token) => {
        const read = readCustomerToken(token);
        return read === null || !isSigned(read, ['s'.repeat(32)]);
      }),
    );
  });
});
