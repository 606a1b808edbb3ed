import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CreateKeyRequest } from '#contracts';
import type { Database } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import { apiKey } from '../db/schema/index.ts';
import { createAuditLog } from './audit.ts';
import { createKeyStore } from './keys.ts';

const request: CreateKeyRequest = {
  name: 'laptop',
  scopes: ['inference', 'chat'],
  ratePerMinute: 60,
  expiresInDays: null,
};

let db: Database;
let time = Date.parse('2026-01-01T00:00:00Z');
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());

const author = (tenant: string) => ({ tenant, actor: 'local' });
const store = () => createKeyStore(db, () => time);

/** Like the database, but it counts what it is asked. */
function counting() {
  const asked = { lookups: 0, writes: 0 };
  const counted: Database = {
    ...db,
    withKeyHash(...call) {
      asked.lookups++;
      return db.withKeyHash(...call);
    },
    withTenant(...call) {
      asked.writes++;
      return db.withTenant(...call);
    },
  };
  return { asked, keys: createKeyStore(counted, () => time) };
}

async function newKey(tenant: string, changes: Partial<CreateKeyRequest> = {}) {
  const { secret = '', ...key } = await store().create(author(tenant), { ...request, ...changes });
  return { secret, key };
}

describe('create', () => {
  it('shows the secret once and keeps its hash only', async () => {
    const { secret, key } = await newKey('create');
    expect(secret).toMatch(/^plk_[A-Za-z0-9_-]{43}$/);
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(key).toMatchObject({
      name: 'laptop',
      scopes: ['inference', 'chat'],
      ratePerMinute: 60,
      revokedAt: null,
    });
    expect(await store().list('create')).toEqual([key]);
    const stored = await db.withTenant('create', (tx) => tx.select().from(apiKey));
    expect(JSON.stringify(stored)).not.toContain(secret.slice(12));
  });

  it('writes the audit log, without the secret', async () => {
    const { secret, key } = await newKey('create-audit');
    const { entries } = await createAuditLog(db).page('create-audit', { limit: 10 });
    expect(entries).toEqual([
      expect.objectContaining({ actor: 'local', action: 'key.created', target: key.id }),
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret.slice(4));
  });
});

describe('authenticate', () => {
  it('knows a key, and nothing of what is no key', async () => {
    const { secret, key } = await newKey('auth');
    const principal = {
      tenant: 'auth',
      actor: `key:${key.id}`,
      scopes: ['inference', 'chat'],
      ratePerMinute: 60,
      user: null,
      customer: null,
    };
    expect(await store().authenticate(secret)).toEqual(principal);
    const flipped = secret.slice(0, -2) + (secret.at(-2) === 'A' ? 'B' : 'A') + secret.slice(-1);
    for (const wrong of ['', 'plk_', secret.slice(4), `${secret}A`, flipped]) {
      expect(await store().authenticate(wrong)).toBeNull();
    }
  });

  it('asks the database once in ten seconds, also for a burst and for a wrong key', async () => {
    const { secret } = await newKey('cached');
    const { asked, keys } = counting();
    await Promise.all(Array.from({ length: 20 }, () => keys.authenticate(secret)));
    expect(keys.authenticate(secret)).toMatchObject({ tenant: 'cached' });
    const wrong = `plk_${'x'.repeat(43)}`;
    expect(await keys.authenticate(wrong)).toBeNull();
    expect(keys.authenticate(wrong)).toBeNull();
    expect(keys.authenticate('plk_short')).toBeNull();
    expect(asked.lookups).toBe(2);
    time += 10_000;
    await keys.authenticate(secret);
    expect(asked.lookups).toBe(3);
  });

  it('refuses a key that has expired, cached or not', async () => {
    const { secret } = await newKey('expiry', { expiresInDays: 1 });
    const keys = store();
    time += 86_400_000 - 5_000;
    expect(await keys.authenticate(secret)).not.toBeNull();
    time += 5_000;
    expect(await keys.authenticate(secret)).toBeNull();
    expect(await store().authenticate(secret)).toBeNull();
  });

  it('notes the last use at most once a minute, and lives without it', async () => {
    const { secret } = await newKey('touch');
    const { asked, keys } = counting();
    const lastUse = async () => (await store().list('touch'))[0]?.lastUsedAt;
    await keys.authenticate(secret);
    await vi.waitFor(async () => expect(await lastUse()).toBe(new Date(time).toISOString()));
    time += 59_000;
    await keys.authenticate(secret);
    expect(asked.writes).toBe(1);
    time += 1_000;
    await keys.authenticate(secret);
    expect(asked.writes).toBe(2);

    const broken = { ...db, withTenant: () => Promise.reject(new Error('no')) };
    time += 60_000;
    expect(await createKeyStore(broken, () => time).authenticate(secret)).not.toBeNull();
  });
});

describe('revoke', () => {
  it('ends a key at once, and once is enough', async () => {
    const { secret, key } = await newKey('revoke');
    const keys = store();
    expect(await keys.authenticate(secret)).not.toBeNull();
    const revoked = await keys.revoke(author('revoke'), key.id);
    expect(await keys.authenticate(secret)).toBeNull();
    time += 1000;
    expect(await keys.revoke(author('revoke'), key.id)).toEqual(revoked);
    const { entries } = await createAuditLog(db).page('revoke', { limit: 10 });
    expect(entries.map((each) => each.action)).toEqual(['key.revoked', 'key.created']);
  });

  it('does not let a lookup that was on its way bring the key back', async () => {
    const { secret, key } = await newKey('race');
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const slow: Database = {
      ...db,
      async withKeyHash(hash, work) {
        const found = await db.withKeyHash(hash, work);
        await arrived;
        return found;
      },
    };
    const keys = createKeyStore(slow, () => time);
    const early = keys.authenticate(secret);
    await new Promise((resolve) => setImmediate(resolve));
    await keys.revoke(author('race'), key.id);
    arrive();
    await early;
    expect(await keys.authenticate(secret)).toBeNull();
  });

  it('knows no key of another tenant', async () => {
    const { secret, key } = await newKey('mine');
    await expect(store().revoke(author('theirs'), key.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store().revoke(author('mine'), 'key_none')).rejects.toMatchObject({ code: 'not_found' });
    expect(await store().authenticate(secret)).not.toBeNull();
  });
});

it('says whether anybody could sign in', async () => {
  expect(await store().hasActiveKey('active')).toBe(false);
  const { key } = await newKey('active');
  await newKey('active', { expiresInDays: 1 });
  await store().revoke(author('active'), key.id);
  expect(await store().hasActiveKey('active')).toBe(true);
  time += 86_400_000;
  expect(await store().hasActiveKey('active')).toBe(false);
});

it('pages through the audit log, newest first', async () => {
  const keys = store();
  for (let n = 0; n < 5; n++) await keys.create(author('pages'), { ...request, name: `${n}` });
  const audit = createAuditLog(db);
  const names: unknown[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await audit.page('pages', { after, limit: 2 });
    names.push(...page.entries.map((each) => each.detail.name));
    after = page.next ?? undefined;
    pages++;
  } while (after);
  expect(names).toEqual(['4', '3', '2', '1', '0']);
  expect(pages).toBe(3);
  const foreign = audit.page('pages', { after: 'bm90IGEgY3Vyc29y', limit: 2 });
  await expect(foreign).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [{ pointer: '/after' }] },
  });
});
