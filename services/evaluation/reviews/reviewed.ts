import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ParlanceError, type ReviewedItem, type ReviewedItemPage, type ReviewedItemQuery } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { reviewHand, reviewItem } from '../../db/schema/index.ts';
import { cursorOf, placeOf, rowNumber } from '../cursor.ts';
import { meantBy } from './choices.ts';
import { findReview, type ReviewRow } from './review-rows.ts';

const itemPlace = z.tuple([rowNumber]);

/**
 * The items of a closed queue, in its order, with what everybody says of them. Throws `not_found`, and `conflict` for an open
 * queue: raters would follow one another.
 */
export async function listReviewed(
  tx: Transaction,
  id: string,
  { show, after, limit }: ReviewedItemQuery,
): Promise<ReviewedItemPage> {
  const review = await findReview(tx, id);
  if (!review.closedAt)
    throw new ParlanceError('conflict', 'The queue is open: close it to see what was judged.');
  const [last] = placeOf(after, itemPlace) ?? [];
  const { reviewId, position } = reviewItem;
  const rows = await tx
    .select()
    .from(reviewItem)
    .where(and(eq(reviewId, id), last === undefined ? undefined : gt(position, last), having(show)))
    .orderBy(asc(position))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const end = rows.length > limit ? shown.at(-1) : undefined;
  return { items: await withJudgements(tx, review, shown), next: end ? cursorOf(end.position) : null };
}

function having(show: ReviewedItemQuery['show']): SQL | undefined {
  if (show === 'all') return undefined;
  const said = sql`from ${reviewHand} hand where hand.review_id = ${reviewItem.reviewId}
    and hand.item_id = ${reviewItem.id} and hand.state = 'judged'`;
  return show === 'comments'
    ? sql`exists (select 1 ${said} and hand.comment <> '')`
    : sql`(select count(distinct hand.choice) ${said}) > 1`;
}

type ItemRow = typeof reviewItem.$inferSelect;

async function withJudgements(tx: Transaction, review: ReviewRow, items: ItemRow[]): Promise<ReviewedItem[]> {
  const { reviewId, itemId, state, rater } = reviewHand;
  const ids = items.map(({ id }) => id);
  const hands = ids.length
    ? await tx
        .select()
        .from(reviewHand)
        .where(and(eq(reviewId, review.id), inArray(itemId, ids), eq(state, 'judged')))
        .orderBy(asc(rater))
    : [];
  return items.map((item) => ({
    ...{ id: item.id, number: item.position + 1, row: item.rowId, ...JSON.parse(item.content) },
    judgements: hands
      .filter((hand) => hand.itemId === item.id)
      .map((hand) => ({
        rater: hand.rater,
        raterName: hand.raterName,
        choice: meantBy(review.rubric.scale, hand.choice ?? '', item.swapped),
        comment: hand.comment ?? '',
      })),
  }));
}
