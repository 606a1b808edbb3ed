import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase } from '../../services/db/memory.ts';
import { example } from '../../services/db/schema/index.ts';
import { databaseSuite } from '../suites/database.ts';

databaseSuite('PGlite', async () => {
  const db = await openMemoryDatabase();
  return {
    db,
    asSuperuser: async (statement) => (await db.client.query<Record<string, unknown>>(statement)).rows,
  };
});

const dataDir = await mkdtemp(join(tmpdir(), 'parlance-pglite-'));
afterAll(() => rm(dataDir, { recursive: true, force: true }));
const root = fileURLToPath(new URL('../..', import.meta.url));
const settings = { root, dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined };

// A first start on a busy machine takes its time.
it('keeps its folder to itself while open and finds everything again afterwards', {
  timeout: 120_000,
}, async () => {
  const first = await openDatabase(settings);
  await first.withTenant('t', (tx) =>
    tx.insert(example).values({ id: '1', task: 'sentiment', title: 't', text: 'kept' }),
  );
  await expect(openDatabase(settings)).rejects.toMatchObject({ code: 'conflict' });
  await first.close();

  const second = await openDatabase(settings);
  expect(second.kind).toBe('pglite');
  expect(second.version()).toMatch(/^\d+\.\d+/);
  const [row] = await second.withTenant('t', (tx) => tx.select().from(example));
  expect(row?.text).toBe('kept');
  await second.close();
});
