import { and, eq, inArray, sql } from 'drizzle-orm';
import { ParlanceError, type Review } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { review, reviewHand, reviewItem } from '../../db/schema/index.ts';
import { type Agreed, agreementOf } from './agreement.ts';
import { judgementsOf } from './judgements.ts';

export type ReviewRow = typeof review.$inferSelect;

/** Throws `not_found`. */
export async function findReview(tx: Transaction, id: string): Promise<ReviewRow> {
  const [row] = await tx.select().from(review).where(eq(review.id, id));
  if (!row) throw noReview();
  return row;
}

/**
 * A queue that nobody else hands out from or closes until the transaction ends, and the database's clock in milliseconds: the
 * clocks of two processes may differ. Throws `not_found`, and `conflict` when the queue is closed.
 */
export async function lockOpenReview(tx: Transaction, id: string): Promise<{ row: ReviewRow; now: number }> {
  const [locked] = await tx.select().from(review).where(eq(review.id, id)).for('update');
  if (!locked) throw noReview();
  if (locked.closedAt) throw new ParlanceError('conflict', 'The queue is closed. Reopen it to go on.');
  // Asked after the lock was waited for: the time of an earlier moment would take a lease for good that is over.
  const [clock] = await tx
    .select({ now: sql<number>`extract(epoch from clock_timestamp())::double precision * 1000` })
    .from(review)
    .where(eq(review.id, id));
  return { row: locked, now: Math.floor(Number(clock?.now)) };
}

const noReview = () => new ParlanceError('not_found', 'There is no review queue with this id.');

/** Whether a queue must not tell yet whose answers are whose. */
export const isHidden = ({ blind, closedAt }: Pick<ReviewRow, 'blind' | 'closedAt'>) => blind && !closedAt;

/** Queues as clients know them, with how far they are. */
export async function asReviews(tx: Transaction, rows: ReviewRow[]): Promise<Review[]> {
  const progress = await progressOf(tx, rows);
  const judgements = await judgementsOf(tx, rows);
  return rows.map((row) => ({
    id: row.id,
    rubric: row.rubric,
    systems: isHidden(row) ? [] : row.systems,
    suite: row.suite,
    pairs: row.systems.length === 2,
    blind: row.blind,
    seed: isHidden(row) ? null : row.seed,
    overlap: row.overlap,
    state: row.closedAt ? 'closed' : 'open',
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    revealedAt: row.revealedAt?.toISOString() ?? null,
    progress: {
      items: row.items,
      wanted: row.wanted,
      ...(progress.get(row.id) ?? { done: 0, judged: 0 }),
    },
    agreement: withoutInterval(agreementOf(judgements.get(row.id) ?? [], row.rubric.scale)),
  }));
}

function withoutInterval(agreed: Agreed | null): Review['agreement'] {
  if (!agreed) return null;
  const { interval: _, ...agreement } = agreed;
  return agreement;
}

/**
 * How many items are judged by as many as should, and how many judgements there are. Added up and not joined: a database without
 * statistics may plan a join of items and judgements as a loop in a loop.
 */
async function progressOf(tx: Transaction, rows: ReviewRow[]) {
  if (rows.length === 0) return new Map<string, never>();
  const ids = rows.map(({ id }) => id);
  const facts = sql`(
    select ${reviewItem.reviewId} as review_id, ${reviewItem.id} as item_id, ${reviewItem.raters} as raters, 0 as judged
      from ${reviewItem} where ${inArray(reviewItem.reviewId, ids)}
    union all
    select ${reviewHand.reviewId}, ${reviewHand.itemId}, 0, 1
      from ${reviewHand} where ${and(inArray(reviewHand.reviewId, ids), eq(reviewHand.state, 'judged'))}) facts`;
  const perItem = sql`(select review_id, max(raters) as raters, sum(judged) as judged from ${facts} group by review_id, item_id) per_item`;
  const counted = await tx
    .select({
      id: sql<string>`review_id`,
      judged: sql<number>`sum(judged)::int`,
      done: sql<number>`count(*) filter (where judged >= raters)::int`,
    })
    .from(perItem)
    .groupBy(sql`review_id`);
  return new Map(counted.map(({ id, ...counts }) => [id, counts]));
}
