import { fileURLToPath } from 'node:url';
import { afterAll, describe, vi } from 'vitest';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase } from '../../services/db/memory.ts';
import { postgresForTests, type TestPostgres } from '../postgres.ts';
import { peopleSuite } from '../suites/people.ts';

// Passwords are expensive to work on, and a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await postgresForTests();
afterAll(() => server?.stop());

peopleSuite('people on PGlite', openMemoryDatabase);

describe.skipIf(!server)('with a server', () => {
  peopleSuite('people on PostgreSQL', async () => {
    const { appUrl, ownerUrl } = await (server as TestPostgres).createDatabase();
    return await openDatabase({ root, dataDir: 'unused', databaseUrl: appUrl, databaseOwnerUrl: ownerUrl });
  });
});
