import argon2 from '@node-rs/argon2';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { nobodysHash } from './passwords.ts';
import { startPeople } from './test-people.ts';

const verified: unknown[] = [];
// As costly as nothing, so that it can be asked often, and remembering what it was asked.
vi.spyOn(argon2, 'hash').mockImplementation(
  async (password) => `$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$${password}`,
);
vi.spyOn(argon2, 'verify').mockImplementation(async (hashed, password) => {
  verified.push(hashed);
  return `${hashed}`.endsWith(`$${password}`);
});
afterAll(() => vi.restoreAllMocks());

const { db, join, pass, signIn } = await startPeople();
afterAll(() => db.close());

const failing = (email: string, from?: string) =>
  signIn(email, 'wrong', from).then(
    () => 'in',
    (error) => error.code,
  );

it('does the same work for an address nobody has as for one that somebody has', async () => {
  await join('t', 'ann@shop.example', 'agent');
  const work = async (email: string) => {
    verified.length = 0;
    expect(await failing(email)).toBe('unauthorized');
    // All but salt and hash, which is what the time depends on.
    return verified.map((each) => `${each}`.split('$').slice(1, 4).join('$'));
  };
  const known = await work('ann@shop.example');
  expect(known).toHaveLength(1);
  expect(await work('eve@shop.example')).toEqual(known);
  expect(verified).toEqual([nobodysHash]);
});

describe('attempts', () => {
  it('are ten on an account, known or not, and one more each minute', async () => {
    await join('t', 'bob@shop.example', 'agent');
    for (const email of ['bob@shop.example', 'eva@shop.example']) {
      const codes: string[] = [];
      for (let n = 0; n < 11; n++) codes.push(await failing(email, `198.51.100.${n}`));
      expect(codes).toEqual([...Array(10).fill('unauthorized'), 'overloaded']);
    }
    verified.length = 0;
    await expect(signIn('bob@shop.example')).rejects.toMatchObject({
      code: 'overloaded',
      details: { retryAfter: 60 },
    });
    expect(verified).toEqual([]);
    pass(60_000);
    expect(await signIn('bob@shop.example')).toMatch(/^pls_/);
  });

  it('are thirty from an address, and one more each twenty seconds', async () => {
    const from = '203.0.113.9';
    const codes: string[] = [];
    for (let n = 0; n < 31; n++) codes.push(await failing(`eve${n}@x.example`, from));
    expect(codes).toEqual([...Array(30).fill('unauthorized'), 'overloaded']);
    pass(20_000);
    expect(await failing('eve99@x.example', from)).toBe('unauthorized');
  });

  it('do not count when they succeed', async () => {
    await join('t', 'dan@shop.example', 'agent');
    for (let n = 0; n < 40; n++)
      expect(await signIn('dan@shop.example', undefined, '192.0.2.77')).toMatch(/^pls_/);
  });

  it('are counted while they are made, so that many at once are too', async () => {
    const all = Array.from({ length: 8 }, (_, n) => failing('fay@shop.example', `192.0.2.${n}`));
    const more = Array.from({ length: 8 }, (_, n) => failing('fay@shop.example', `192.0.2.${n + 10}`));
    const codes = await Promise.all([...all, ...more]);
    expect(codes.filter((code) => code === 'unauthorized').length).toBeLessThanOrEqual(10);
  });
});
