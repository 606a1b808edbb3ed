import { fileURLToPath } from 'node:url';
import { afterAll, describe, vi } from 'vitest';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase } from '../../services/db/memory.ts';
import { postgresForTests, type TestPostgres } from '../postgres.ts';
import { batchesSuite } from '../suites/batches.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await postgresForTests();
afterAll(() => server?.stop());

batchesSuite('jobs on PGlite', openMemoryDatabase);

describe.skipIf(!server)('with a server', () => {
  batchesSuite('jobs on PostgreSQL', async () => {
    const { appUrl, ownerUrl } = await (server as TestPostgres).createDatabase();
    return await openDatabase({ root, dataDir: 'unused', databaseUrl: appUrl, databaseOwnerUrl: ownerUrl });
  });
});
