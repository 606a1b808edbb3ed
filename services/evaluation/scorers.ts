import { and, eq, sql } from 'drizzle-orm';
import { type Distribution, type Measurement, ParlanceError } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationMetric, evaluationScore } from '../db/schema/index.ts';
import { findSummary } from './run-rows.ts';

const bins = 20;

/** Which values of a scorer are good ones. Throws `invalid_input` when the run has no such scorer. */
export async function directionOf(
  tx: Transaction,
  runId: string,
  scorer: string,
): Promise<Measurement['better']> {
  const [metric] = await tx
    .select({ better: evaluationMetric.better })
    .from(evaluationMetric)
    .where(and(eq(evaluationMetric.runId, runId), eq(evaluationMetric.metric, scorer)));
  if (!metric) throw ParlanceError.field('/scorer', 'The run has no scorer of this name.');
  return metric.better;
}

/**
 * How a scorer's values of single answers are spread: over 0…1 when all are within, else from the lowest to the highest.
 * Throws `not_found`, and `invalid_input` for a scorer that the run does not have.
 */
export async function distributionOf(tx: Transaction, runId: string, scorer: string): Promise<Distribution> {
  const { samples } = await findSummary(tx, runId);
  await directionOf(tx, runId, scorer);
  const ofScorer = and(eq(evaluationScore.runId, runId), eq(evaluationScore.scorer, scorer));
  const { value } = evaluationScore;
  const [range] = await tx
    .select({
      low: sql<number>`coalesce(min(${value}), 0)`,
      high: sql<number>`coalesce(max(${value}), 1)`,
    })
    .from(evaluationScore)
    .where(ofScorer);
  const within = !range || (range.low >= 0 && range.high <= 1);
  const [low, high] = within ? [0, 1] : [range.low, range.high];
  const bin = sql<number>`least(floor((${value} - ${low}::double precision) / ${high - low || 1}::double precision * ${bins}::integer), ${bins - 1}::integer)::integer`;
  const rows = await tx
    .select({ bin, count: sql<number>`count(*)::int` })
    .from(evaluationScore)
    .where(ofScorer)
    .groupBy(sql`1`);
  const counts = new Array<number>(bins).fill(0);
  for (const row of rows) counts[row.bin] = row.count;
  const judged = rows.reduce((sum, { count }) => sum + count, 0);
  return { scorer, low, high, counts, unjudged: samples - judged };
}
