import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase } from '../../services/db/memory.ts';
import { createRunStore } from '../../services/evaluation/runs.ts';
import { createVerdictStore } from '../../services/evaluation/verdicts.ts';
import { postgresForTests, type TestPostgres } from '../postgres.ts';
import { evaluationSuite, keptIn, reviewerOf } from '../suites/evaluation.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await postgresForTests();
afterAll(() => server?.stop());

const openServer = async () => {
  const { appUrl, ownerUrl } = await (server as TestPostgres).createDatabase();
  return await openDatabase({ root, dataDir: 'unused', databaseUrl: appUrl, databaseOwnerUrl: ownerUrl });
};

evaluationSuite('evaluation on PGlite', openMemoryDatabase);

describe.skipIf(!server)('with a server', () => {
  evaluationSuite('evaluation on PostgreSQL', openServer);

  it('lists the verdict first that counts, also when who signed it came first and waited', async () => {
    const db = await openServer();
    try {
      const run = await keptIn(db, 'waits');
      const sign = (through: typeof db, decision: 'accepted' | 'rejected') =>
        createVerdictStore(through).sign(reviewerOf('waits'), run, {
          ...{ decision, reason: 'As it looks.', despite: false },
        });
      let begun = () => {};
      let goOn = () => {};
      const hasBegun = new Promise<void>((done) => (begun = done));
      const mayGoOn = new Promise<void>((done) => (goOn = done));
      // A transaction that has begun, and comes to the run only after another one is through.
      const late: typeof db = {
        ...db,
        withTenant: (tenant, work) =>
          db.withTenant(tenant, async (tx) => {
            begun();
            await mayGoOn;
            return await work(tx);
          }),
      };
      const rejected = sign(late, 'rejected');
      await hasBegun;
      await sign(db, 'accepted');
      goOn();
      await rejected;
      const { summary, verdicts } = await createRunStore(db).get('waits', run);
      expect(verdicts.map(({ decision }) => decision)).toEqual(['rejected', 'accepted']);
      expect(summary.verdict).toMatchObject({ decision: 'rejected', at: verdicts[0]?.at });
    } finally {
      await db.close();
    }
  });
});
