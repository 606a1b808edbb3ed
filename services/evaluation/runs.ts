import { eq, sql } from 'drizzle-orm';
import {
  type EvaluationRun,
  ParlanceError,
  type RunDetail,
  type RunPage,
  type RunQuery,
  type RunSummary,
  type StoredSample,
} from '#contracts';
import type { Database } from '../db/database.ts';
import { evaluationMetric, evaluationRun, evaluationSample, evaluationScore } from '../db/schema/index.ts';
import { agentOf } from '../desk/staff.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Principal } from '../principal.ts';
import { columnsOf, isRegression, metricsOf } from './run-figures.ts';
import { findSummary, listRuns, lockRun, readRun } from './run-rows.ts';
import { addSamples } from './sample-rows.ts';
import { verdictsOf } from './verdicts.ts';

export interface RunStore {
  /**
   * Takes a run in, without its samples. The same run again changes nothing; throws `conflict` when another one has its
   * id.
   */
  record(author: Principal, run: EvaluationRun): Promise<RunSummary>;
  /**
   * Adds results; one that is here already, by row and repeat, is left as it is. Answers how many are here. Throws
   * `not_found`, and `conflict` when the run is sealed or says that there are fewer.
   */
  addSamples(tenant: string, id: string, samples: StoredSample[]): Promise<number>;
  /** Ends the taking in. Throws `not_found`, and `conflict` when fewer results came than the run says. */
  seal(tenant: string, id: string): Promise<RunSummary>;
  list(tenant: string, query: RunQuery): Promise<RunPage>;
  /** Throws `not_found`. */
  get(tenant: string, id: string): Promise<RunDetail>;
  /** Removes a run with its results. Throws `not_found`, and `conflict` when a verdict on it was signed. */
  remove(author: Principal, id: string): Promise<void>;
}

/** Evaluation runs over the database. */
export function createRunStore(database: Database): RunStore {
  return {
    record: (author, run) =>
      database.withTenant(author.tenant, async (tx) => {
        const columns = columnsOf(run);
        const { name } = await agentOf(tx, author);
        const mine = await tx
          .insert(evaluationRun)
          .values({ ...columns, createdBy: name })
          .onConflictDoNothing()
          .returning({ id: evaluationRun.id });
        const metrics = metricsOf(run);
        if (mine.length > 0 && metrics.length > 0) await tx.insert(evaluationMetric).values(metrics);
        const known = await findSummary(tx, run.id);
        if (known.sha256 !== columns.sha256)
          throw new ParlanceError('conflict', 'Another run has this id. Give every run an id of its own.');
        return known;
      }),
    addSamples: (tenant, id, samples) =>
      database.withTenant(tenant, async (tx) => addSamples(tx, await lockRun(tx, id), samples)),
    seal: (tenant, id) =>
      database.withTenant(tenant, async (tx) => {
        const run = await lockRun(tx, id);
        if (!run.sealedAt) {
          const missing = run.counts.asked - run.samples;
          if (missing > 0)
            throw new ParlanceError(
              'conflict',
              `${missing} of ${run.counts.asked} results are missing. Add them, then seal the run.`,
            );
          await tx
            .update(evaluationRun)
            .set({ sealedAt: sql`now()`, needsVerdict: isRegression(run) })
            .where(eq(evaluationRun.id, id));
        }
        return await findSummary(tx, id);
      }),
    list: (tenant, query) => database.withTenant(tenant, (tx) => listRuns(tx, query)),
    get: (tenant, id) =>
      database.withTenant(tenant, async (tx) => ({
        run: await readRun(tx, id),
        summary: await findSummary(tx, id),
        verdicts: await verdictsOf(tx, id),
      })),
    remove: ({ tenant, actor }, id) =>
      database.withTenant(tenant, async (tx) => {
        const { suite, decision, sha256 } = await lockRun(tx, id);
        if (decision)
          throw new ParlanceError('conflict', 'A verdict on this run was signed: it is kept for good.');
        await tx.delete(evaluationScore).where(eq(evaluationScore.runId, id));
        await tx.delete(evaluationSample).where(eq(evaluationSample.runId, id));
        await tx.delete(evaluationMetric).where(eq(evaluationMetric.runId, id));
        await tx.delete(evaluationRun).where(eq(evaluationRun.id, id));
        await recordAudit(tx, { actor, action: 'evaluation.remove', target: id, detail: { suite, sha256 } });
      }),
  };
}
