import { createHash } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import { ParlanceError } from '#contracts';
import type { Transaction } from './database.ts';
import { idempotencyKey } from './schema/index.ts';

/** What a client sends to say that a second request is the first one again. */
export interface Retry {
  /** The `Idempotency-Key` header. */
  key: string;
  /** What is being done, such as `key.create`: the same key may serve two kinds of request. */
  operation: string;
  /** The validated body. */
  body: unknown;
}

/**
 * Reserves `resultId` for this request. Answers null when it is new: the caller then creates that record in the same
 * transaction. Answers the first request's id when it was sent before, however close together the two were: the
 * later transaction waits for the earlier. Keys are kept a day. Throws `conflict` for the same key with another body.
 */
export async function earlierResult(tx: Transaction, retry: Retry, resultId: string): Promise<string | null> {
  await tx.delete(idempotencyKey).where(lt(idempotencyKey.createdAt, sql`now() - interval '1 day'`));
  const { operation, key } = retry;
  const mine = await tx
    .insert(idempotencyKey)
    .values({ operation, key, bodyHash: hashOf(retry.body), resultId })
    .onConflictDoNothing()
    .returning({ key: idempotencyKey.key });
  return mine.length > 0 ? null : await resultBefore(tx, retry);
}

/** The id of the first request's result; null when there was none, or it is not there yet. Throws as `earlierResult`. */
export async function resultBefore(tx: Transaction, { operation, key, body }: Retry): Promise<string | null> {
  const [first] = await tx
    .select()
    .from(idempotencyKey)
    .where(and(eq(idempotencyKey.operation, operation), eq(idempotencyKey.key, key)));
  if (!first) return null;
  if (first.bodyHash !== hashOf(body)) {
    throw new ParlanceError(
      'conflict',
      'This Idempotency-Key was used for a different request. Use a new key for a new request.',
    );
  }
  return first.resultId;
}

const hashOf = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('hex');
