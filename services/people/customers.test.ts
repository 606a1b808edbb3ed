import { afterAll, describe, expect, it } from 'vitest';
import { defaultTenant, type Principal } from '../principal.ts';
import { dayMs, startPeople } from './test-people.ts';

const { another, db, now, pass, people } = await startPeople();
afterAll(() => db.close());

describe('a customer', () => {
  const nobody: Principal = {
    tenant: '',
    actor: 'anonymous:192.0.2.1',
    scopes: [],
    ratePerMinute: null,
    user: null,
    customer: null,
  };
  const shop: Principal = { ...nobody, tenant: 'shop', actor: 'key:k', scopes: ['chat'] };
  const stores = (changes: Parameters<typeof another>[0]) => another(changes).customers;

  it('is known by the token, in its tenant, for 90 days and 60 requests a minute', async () => {
    const { customerId, token } = await people.customers.create(shop, 'a');
    const principal = await people.customers.authenticate(token);
    expect(principal).toEqual({
      tenant: 'shop',
      actor: `customer:${customerId}`,
      scopes: ['chat'],
      ratePerMinute: 60,
      user: null,
      customer: customerId,
    });
    expect(await stores({}).authenticate(token)).toEqual(principal);
    expect((await people.customers.create(shop, 'a')).customerId).not.toBe(customerId);
    pass(90 * dayMs - 1000);
    expect(await people.customers.authenticate(token)).not.toBeNull();
    pass(1000);
    expect(await people.customers.authenticate(token)).toBeNull();
  });

  it('is nobody with a token of another secret, or of a tenant that signs none', async () => {
    const { token } = await people.customers.create(shop, 'a');
    const [, signature] = token.split('.');
    const claim = Buffer.from(JSON.stringify(['elsewhere', 'cus_x', Math.floor(now() / 1000)]));
    const forged = `plc_${claim.toString('base64url')}.${signature}`;
    for (let n = 0; n < 2; n++) expect(await people.customers.authenticate(forged)).toBeNull();
    // What was asked for in vain a moment ago must not be taken for unknown once it is there.
    const made = await people.customers.create({ ...shop, tenant: 'elsewhere' }, 'a');
    expect(await people.customers.authenticate(made.token)).not.toBeNull();
    expect(await people.customers.authenticate(forged)).toBeNull();
    for (const wrong of ['plc_', 'plc_a.b', token.slice(0, -1), `${token}A`]) {
      expect(await people.customers.authenticate(wrong)).toBeNull();
    }
  });

  it('stays known while a secret is replaced, and no longer', async () => {
    const [old, young] = ['o'.repeat(32), 'y'.repeat(32)];
    const { token } = await stores({ customerSecrets: [old] }).create(shop, 'a');
    const known = (...secrets: string[]) => stores({ customerSecrets: secrets }).authenticate(token);
    expect(await known(young, old)).not.toBeNull();
    expect(await known(young)).toBeNull();
    expect(await known()).toBeNull();
  });

  it('may come from anywhere only where that was decided, and not in droves', async () => {
    await expect(people.customers.create(nobody, 'a')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('PARLANCE_CUSTOMER_CHAT=on'),
    });
    const open = stores({ customerChat: true });
    const { token } = await open.create(nobody, 'a');
    const customer = (await open.authenticate(token)) as Principal;
    expect(customer.tenant).toBe(defaultTenant);
    for (let n = 1; n < 20; n++) await open.create(n % 2 ? nobody : customer, 'a');
    await expect(open.create(customer, 'a')).rejects.toMatchObject({ code: 'overloaded' });
    expect(await open.create(nobody, 'b')).toBeDefined();
    expect(await open.create(shop, 'a')).toBeDefined();
    await expect(open.create({ ...shop, scopes: ['review'] }, 'c')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('`chat`'),
    });
  });
});
