import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { reviewHand, reviewItem } from '../../db/schema/index.ts';
import type { Judged } from './agreement.ts';
import { meantBy } from './choices.ts';
import type { ReviewRow } from './review-rows.ts';

/** Everything that counts in some queues, by queue; of preferences by system. */
export async function judgementsOf(tx: Transaction, rows: ReviewRow[]): Promise<Map<string, Judged[]>> {
  const scales = new Map(rows.map(({ id, rubric }) => [id, rubric.scale]));
  const found: Map<string, Judged[]> = new Map(rows.map(({ id }) => [id, []]));
  if (rows.length === 0) return found;
  const hands = await tx
    .select({
      reviewId: reviewHand.reviewId,
      itemId: reviewHand.itemId,
      rater: reviewHand.rater,
      choice: sql<string | number>`${reviewHand.choice}`,
      swapped: reviewItem.swapped,
    })
    .from(reviewHand)
    .innerJoin(
      reviewItem,
      and(eq(reviewItem.reviewId, reviewHand.reviewId), eq(reviewItem.id, reviewHand.itemId)),
    )
    .where(and(inArray(reviewHand.reviewId, [...scales.keys()]), eq(reviewHand.state, 'judged')));
  for (const { reviewId, itemId, rater, choice, swapped } of hands) {
    const scale = scales.get(reviewId);
    if (scale) found.get(reviewId)?.push({ itemId, rater, choice: meantBy(scale, choice, swapped) });
  }
  return found;
}
