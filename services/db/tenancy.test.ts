import { drizzle } from 'drizzle-orm/pglite';
import { expect, it } from 'vitest';
import type { Transaction } from './database.ts';
import { openMemoryDatabase } from './memory.ts';
import * as schema from './schema/index.ts';
import { tenancy } from './tenancy.ts';

it('reads and does not write while there is no room to write', async () => {
  const database = await openMemoryDatabase();
  let room = true;
  const handle = drizzle(database.client, { schema }) as unknown as Transaction;
  const { withTenant } = tenancy(handle, () => room);
  const add = (id: string) =>
    withTenant('t', (tx) =>
      tx.insert(schema.example).values({ id, task: 'sentiment', title: 't', text: 'x' }),
    );
  const count = () => withTenant('t', async (tx) => (await tx.select().from(schema.example)).length);

  await add('1');
  room = false;
  await expect(add('2')).rejects.toMatchObject({ code: 'storage_full' });
  expect(await count()).toBe(1);
  room = true;
  await add('2');
  expect(await count()).toBe(2);
  await database.close();
});
