import { asc, eq, sql } from 'drizzle-orm';
import type { RaterProgress, Review, ReviewDetail } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { reviewHand } from '../../db/schema/index.ts';
import { agreementOf } from './agreement.ts';
import { judgementsOf } from './judgements.ts';
import { isHidden, type ReviewRow } from './review-rows.ts';

/** A queue with what came of it so far. */
export async function detailOf(tx: Transaction, row: ReviewRow, review: Review): Promise<ReviewDetail> {
  const judgements = (await judgementsOf(tx, [row])).get(row.id) ?? [];
  const counts = new Map<string, number>();
  for (const { choice } of judgements) counts.set(String(choice), (counts.get(String(choice)) ?? 0) + 1);
  return {
    review,
    raters: await ratersOf(tx, row.id),
    counts: isHidden(row) ? null : Object.fromEntries(counts),
    interval: agreementOf(judgements, row.rubric.scale)?.interval() ?? null,
  };
}

async function ratersOf(tx: Transaction, reviewId: string): Promise<RaterProgress[]> {
  const { rater, raterName, state } = reviewHand;
  const count = (wanted: string) => sql<number>`count(*) filter (where ${state} = ${wanted})::int`;
  return await tx
    .select({
      rater,
      name: sql<string>`max(${raterName})`,
      judged: count('judged'),
      skipped: count('skipped'),
    })
    .from(reviewHand)
    .where(eq(reviewHand.reviewId, reviewId))
    .groupBy(rater)
    .orderBy(asc(rater));
}
