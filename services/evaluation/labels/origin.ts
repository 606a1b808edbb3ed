import { and, eq } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { ParlanceError, type RowOrigin } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { evaluationSample, message, reviewItem } from '../../db/schema/index.ts';

/** An origin as one text: equal origins have the same one. */
export function nameOf(from: RowOrigin): string {
  if ('runId' in from) return `run ${from.runId} ${from.repeat} ${from.sample}`;
  if ('reviewId' in from) return `review ${from.reviewId} ${from.itemId}`;
  return `conversation ${from.conversationId} ${from.messageId}`;
}

/** Rows from one conversation are not independent. */
export const groupOf = (from: RowOrigin): string | null =>
  'conversationId' in from ? from.conversationId : null;

/** Throws `not_found` when the tenant has nothing there. */
export async function assertThere(tx: Transaction, from: RowOrigin): Promise<void> {
  const place = placeOf(from);
  const [row] = await tx.select().from(place.table).where(place.where).limit(1);
  if (!row) throw ParlanceError.field('/from', 'There is nothing at this place.', 'not_found');
}

function placeOf(from: RowOrigin): { table: PgTable; where: ReturnType<typeof and> } {
  if ('runId' in from) {
    const { runId, rowId, repeat } = evaluationSample;
    const where = and(eq(runId, from.runId), eq(rowId, from.sample), eq(repeat, from.repeat));
    return { table: evaluationSample, where };
  }
  if ('reviewId' in from) {
    const where = and(eq(reviewItem.reviewId, from.reviewId), eq(reviewItem.id, from.itemId));
    return { table: reviewItem, where };
  }
  const where = and(eq(message.conversationId, from.conversationId), eq(message.id, from.messageId));
  return { table: message, where };
}
