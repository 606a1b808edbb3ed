import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { conversation, knowledgeSource, tenantMark } from '../db/schema/index.ts';
import { playFirstStart } from './first-start.ts';

let db: PgliteDatabase;
let did: string[];
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());
beforeEach(() => {
  did = [];
});

const start = (tenant: string, demo = true, meanwhile = async () => {}) =>
  playFirstStart(
    {
      config: { demo, root: '/checkout' },
      database: db,
      knowledge: {
        async loadCompany(_, folder) {
          did.push(folder);
          await db.withTenant(tenant, (tx) =>
            tx.insert(tenantMark).values({ name: 'company' }).onConflictDoNothing(),
          );
          await meanwhile();
          return true;
        },
      },
      demo: { play: async (who, speed) => void did.push(`${who} at ${speed}`) },
    },
    tenant,
  );

const talk = (tenant: string) =>
  db.withTenant(tenant, (tx) =>
    tx.insert(conversation).values({ id: 'c', customerId: 'eve', title: '', language: 'en' }),
  );
const write = (tenant: string) =>
  db.withTenant(tenant, (tx) => {
    const texts = {
      name: 'n',
      title: 't',
      kind: 'text' as const,
      language: 'en',
      sha256: '',
      state: 'ready' as const,
    };
    return tx.insert(knowledgeSource).values({ ...texts, id: 's', bytes: 1 });
  });

it('reads the articles and then brings the customers in, once ever', async () => {
  expect(await start('new')).toBe(true);
  expect(did).toEqual(['/checkout/examples/orrin', 'new at 1']);
  expect(await start('new')).toBe(false);
  expect(did).toHaveLength(2);
});

it('leaves alone what is switched off, talked to or has documents', async () => {
  await talk('talked');
  await write('written');
  expect(await start('off', false)).toBe(false);
  for (const tenant of ['talked', 'written']) expect(await start(tenant)).toBe(false);
  expect(did).toEqual([]);
});

it('goes on where a first start was interrupted', async () => {
  await expect(start('cut', true, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  await write('cut');
  expect(await start('cut')).toBe(true);
});

it('keeps its customers back when somebody talks while the articles are read', async () => {
  expect(await start('quick', true, async () => void (await talk('quick')))).toBe(false);
  expect(did).toEqual(['/checkout/examples/orrin']);
});
