import { and, asc, eq } from 'drizzle-orm';
import { type JudgeRequest, ParlanceError, type ReviewItem } from '#contracts';
import type { Database, Transaction } from '../../db/database.ts';
import { newId } from '../../db/id.ts';
import { reviewHand, reviewItem, reviewJudgement } from '../../db/schema/index.ts';
import { agentOf } from '../../desk/staff.ts';
import type { Principal } from '../../principal.ts';
import { assertOffered } from './choices.ts';
import { type Hand, hasPlace, itemFor, leaseMs, type RaterAction, stateAfter } from './hand-out.ts';
import { lockOpenReview, type ReviewRow } from './review-rows.ts';

export interface ReviewItems {
  /** The item that the caller is to judge now, theirs for a quarter of an hour; null when nothing is left for them. Throws `not_found` and `conflict` for a closed queue, as all here. */
  next(rater: Principal, reviewId: string): Promise<ReviewItem | null>;
  /** Judges an item, or judges it anew. Throws `invalid_input` for a choice that is not offered, and `conflict` for an item that is not the caller's. */
  judge(rater: Principal, reviewId: string, itemId: string, said: JudgeRequest): Promise<ReviewItem>;
  /** Puts an item aside for others; the caller does not see it again. Throws `conflict` as `judge`. */
  skip(rater: Principal, reviewId: string, itemId: string): Promise<void>;
  /** Takes the caller's own judgement or skip back: the item is open in their hands again. Throws `conflict` as `judge`. */
  undo(rater: Principal, reviewId: string, itemId: string): Promise<ReviewItem>;
}

/** The handing out of items and what raters do with them, one at a time for each queue. */
export function createReviewItems(database: Database): ReviewItems {
  const act = (
    rater: Principal,
    reviewId: string,
    itemId: string,
    action: RaterAction,
    said?: JudgeRequest,
  ) =>
    database.withTenant(rater.tenant, async (tx) => {
      const { row, now } = await lockOpenReview(tx, reviewId);
      if (said) assertOffered(row.rubric.scale, said.choice);
      const item = await findItem(tx, reviewId, itemId);
      const rows = await handsOfItem(tx, reviewId, itemId);
      const own = rows.find((hand) => hand.rater === rater.actor);
      const hands = rows.map((hand) => ({ ...hand, until: +hand.until }));
      const state = stateAfter(action, own?.state, hasPlace(item, hands, rater.actor, now));
      const { name } = await agentOf(tx, rater);
      const hand = await change(tx, own as HandRow, { state, name, now, said });
      return asItem(row, item, hand);
    });

  return {
    next: (rater, reviewId) =>
      database.withTenant(rater.tenant, async (tx) => {
        const { row, now } = await lockOpenReview(tx, reviewId);
        const items = await tx
          .select({ id: reviewItem.id, raters: reviewItem.raters })
          .from(reviewItem)
          .where(eq(reviewItem.reviewId, reviewId))
          .orderBy(asc(reviewItem.position));
        const itemId = itemFor(items, await handsOf(tx, reviewId), rater.actor, now);
        if (itemId === null) return null;
        const { name } = await agentOf(tx, rater);
        const until = new Date(now + leaseMs);
        const [hand] = await tx
          .insert(reviewHand)
          .values({
            ...{ reviewId, itemId, rater: rater.actor, raterName: name },
            ...{ state: 'leased', leasedAt: new Date(now), until },
          })
          .onConflictDoUpdate({
            target: [reviewHand.tenantId, reviewHand.reviewId, reviewHand.itemId, reviewHand.rater],
            set: { until },
          })
          .returning();
        if (!hand) throw new Error('insert returned no row');
        return asItem(row, await findItem(tx, reviewId, itemId), hand);
      }),
    judge: (rater, reviewId, itemId, said) => act(rater, reviewId, itemId, 'judge', said),
    async skip(rater, reviewId, itemId) {
      await act(rater, reviewId, itemId, 'skip');
    },
    undo: (rater, reviewId, itemId) => act(rater, reviewId, itemId, 'undo'),
  };
}

type HandRow = typeof reviewHand.$inferSelect;
type ItemRow = typeof reviewItem.$inferSelect;

async function findItem(tx: Transaction, reviewId: string, id: string): Promise<ItemRow> {
  const [row] = await tx
    .select()
    .from(reviewItem)
    .where(and(eq(reviewItem.reviewId, reviewId), eq(reviewItem.id, id)));
  if (!row) throw new ParlanceError('not_found', 'There is no item with this id in the queue.');
  return row;
}

/** Who has which item of a queue, or had it. */
async function handsOf(tx: Transaction, reviewId: string): Promise<Hand[]> {
  const { itemId, rater, state, until } = reviewHand;
  const rows = await tx
    .select({ itemId, rater, state, until })
    .from(reviewHand)
    .where(eq(reviewHand.reviewId, reviewId));
  return rows.map((row) => ({ ...row, until: +row.until }));
}

/** Who has one item, or had it, with what they said of it. */
const handsOfItem = (tx: Transaction, reviewId: string, itemId: string): Promise<HandRow[]> =>
  tx
    .select()
    .from(reviewHand)
    .where(and(eq(reviewHand.reviewId, reviewId), eq(reviewHand.itemId, itemId)));

/** Writes down what became of an item in a rater's hands, and how it came to that. */
async function change(
  tx: Transaction,
  own: HandRow,
  { state, name, now, said }: { state: Hand['state']; name: string; now: number; said?: JudgeRequest },
): Promise<HandRow> {
  const { reviewId, itemId, rater, leasedAt } = own;
  const { choice = null, comment = null } = said ?? {};
  // The same again is a request that was sent twice, and no change of mind.
  if (said && own.state === 'judged' && own.choice === choice && own.comment === comment) return own;
  await tx.insert(reviewJudgement).values({
    ...{ id: newId('jdg'), reviewId, itemId, rater, raterName: name, leasedAt },
    ...{ action: state === 'leased' ? 'withdrawn' : state, choice, comment: comment ?? '' },
  });
  const until = state === 'leased' ? new Date(now + leaseMs) : own.until;
  const [changed] = await tx
    .update(reviewHand)
    .set({ raterName: name, state, until, choice, comment })
    .where(and(eq(reviewHand.reviewId, reviewId), eq(reviewHand.itemId, itemId), eq(reviewHand.rater, rater)))
    .returning();
  if (!changed) throw new Error('update returned no row');
  return changed;
}

/** An item as a rater sees it: nothing in it says whose answer is whose. */
function asItem({ rubric }: ReviewRow, item: ItemRow, hand: HandRow): ReviewItem {
  const { input, expected, answers } = JSON.parse(item.content);
  return {
    id: item.id,
    number: item.position + 1,
    input,
    expected: rubric.showExpected ? expected : null,
    answers: item.swapped ? answers.reverse() : answers,
    until: hand.until.toISOString(),
    judgement: hand.choice === null ? null : { choice: hand.choice, comment: hand.comment ?? '' },
  };
}
