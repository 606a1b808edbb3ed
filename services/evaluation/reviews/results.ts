import { and, asc, eq, sql } from 'drizzle-orm';
import type { RaterProgress, Review, ReviewDetail } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { reviewHand, reviewItem } from '../../db/schema/index.ts';
import { meantBy } from './choices.ts';
import { isHidden, type ReviewRow } from './review-rows.ts';

/** A queue with what came of it so far. */
export async function detailOf(tx: Transaction, row: ReviewRow, review: Review): Promise<ReviewDetail> {
  const { scale } = row.rubric;
  const judgements = await tx
    .select({
      choice: sql<string | number>`${reviewHand.choice}`,
      swapped: reviewItem.swapped,
    })
    .from(reviewHand)
    .innerJoin(
      reviewItem,
      and(eq(reviewItem.reviewId, reviewHand.reviewId), eq(reviewItem.id, reviewHand.itemId)),
    )
    .where(and(eq(reviewHand.reviewId, row.id), eq(reviewHand.state, 'judged')));
  const counts = new Map<string, number>();
  for (const { choice, swapped } of judgements) {
    const meant = String(meantBy(scale, choice, swapped));
    counts.set(meant, (counts.get(meant) ?? 0) + 1);
  }
  return {
    review,
    raters: await ratersOf(tx, row.id),
    counts: isHidden(row) ? null : Object.fromEntries(counts),
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
