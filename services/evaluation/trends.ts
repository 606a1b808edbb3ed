import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Trend } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationMetric, evaluationRun } from '../db/schema/index.ts';

/** Runs of one chart. */
const latest = 500;

/** The latest sealed runs of a suite with every metric, oldest first. */
export async function trendOf(tx: Transaction, suite: string): Promise<Trend> {
  const runs = await tx
    .select({
      id: evaluationRun.id,
      version: evaluationRun.version,
      fingerprint: evaluationRun.fingerprint,
      name: evaluationRun.targetName,
      revision: evaluationRun.targetRevision,
      partial: evaluationRun.partial,
      startedAt: evaluationRun.startedAt,
      outcome: evaluationRun.outcome,
      decision: evaluationRun.decision,
    })
    .from(evaluationRun)
    .where(and(eq(evaluationRun.suite, suite), isNotNull(evaluationRun.sealedAt)))
    .orderBy(desc(evaluationRun.startedAt), desc(evaluationRun.id))
    .limit(latest);
  const metrics = new Map<string, Trend['runs'][number]['metrics']>();
  const rows = runs.length > 0 ? await metricsOf(tx, runs) : [];
  for (const { tenantId: _, runId, metric, ...figures } of rows)
    metrics.set(runId, { ...metrics.get(runId), [metric]: figures });
  return {
    runs: runs.reverse().map(({ name, revision, startedAt, decision, ...run }) => ({
      ...run,
      target: { name, revision },
      startedAt: startedAt.toISOString(),
      verdict: decision,
      metrics: metrics.get(run.id) ?? {},
    })),
  };
}

const metricsOf = (tx: Transaction, runs: { id: string }[]) =>
  tx
    .select()
    .from(evaluationMetric)
    .where(
      inArray(
        evaluationMetric.runId,
        runs.map(({ id }) => id),
      ),
    );
