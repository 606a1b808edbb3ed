import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { ChatChunk } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { conversation, generation, generationChunk } from '../db/schema/index.ts';

/** The address of an answer within the transaction's tenant. */
export interface AnswerKey {
  conversationId: string;
  messageId: string;
}

const at = ({ conversationId, messageId }: AnswerKey) =>
  and(eq(generation.conversationId, conversationId), eq(generation.messageId, messageId));
const chunksOf = ({ conversationId, messageId }: AnswerKey) =>
  and(eq(generationChunk.conversationId, conversationId), eq(generationChunk.messageId, messageId));
const running = eq(generation.state, 'running');

/** Notes that an answer is being written; whoever holds the fence writes it. */
export async function beginRow(tx: Transaction, key: AnswerKey): Promise<{ fence: number }> {
  await tx.insert(generation).values({ ...key, state: 'running', fence: 1 });
  return { fence: 1 };
}

/**
 * Ends an answer, once and by one writer: false when it has ended, or `fence` is no longer its fence. Without a fence whoever
 * comes ends it. Whoever held it before is refused from then on.
 */
export async function endRow(
  tx: Transaction,
  key: AnswerKey,
  state: 'complete' | 'stopped' | 'interrupted',
  fence?: number,
): Promise<boolean> {
  const mine = fence === undefined ? undefined : eq(generation.fence, fence);
  const ended = await tx
    .update(generation)
    .set({ state, fence: sql`${generation.fence} + 1`, endedAt: sql`now()` })
    .where(and(at(key), running, mine))
    .returning({ fence: generation.fence });
  return ended.length > 0;
}

/**
 * Keeps a running answer alive and adds what it has said since. False when it is no longer this writer's, or the bot no
 * longer speaks in the conversation: then nothing was written.
 */
export async function keepRow(
  tx: Transaction,
  key: AnswerKey & { fence: number },
  seq: number,
  chunks: readonly ChatChunk[],
): Promise<boolean> {
  const botSpeaks = sql`exists (select from ${conversation} where ${conversation.id} = ${key.conversationId} and ${conversation.ownerKind} = 'bot')`;
  const kept = await tx
    .update(generation)
    .set({ heartbeatAt: sql`now()` })
    .where(and(at(key), running, eq(generation.fence, key.fence), botSpeaks))
    .returning({ fence: generation.fence });
  if (kept.length === 0) return false;
  const { conversationId, messageId } = key;
  if (chunks.length > 0) {
    await tx.insert(generationChunk).values({ conversationId, messageId, seq, chunks: chunks as never });
  }
  return true;
}

/** What an answer has said after the batch `seq`, oldest first. */
export async function readChunks(
  tx: Transaction,
  key: AnswerKey,
  seq = 0,
): Promise<{ seq: number; chunks: ChatChunk[] }[]> {
  const rows = await tx
    .select()
    .from(generationChunk)
    .where(and(chunksOf(key), gt(generationChunk.seq, seq)))
    .orderBy(asc(generationChunk.seq));
  return rows.map((row) => ({ seq: row.seq, chunks: row.chunks as ChatChunk[] }));
}

export async function dropChunks(tx: Transaction, key: AnswerKey): Promise<void> {
  await tx.delete(generationChunk).where(chunksOf(key));
}

/** Answers being written in a conversation, the latest first. */
export async function runningIn(tx: Transaction, conversationId: string): Promise<string[]> {
  const rows = await tx
    .select({ messageId: generation.messageId, startedAt: generation.startedAt })
    .from(generation)
    .where(and(eq(generation.conversationId, conversationId), running))
    .orderBy(asc(generation.startedAt));
  return rows.map(({ messageId }) => messageId).reverse();
}

/** Running answers nobody has kept alive for `silentMs`; 0 for all. */
export async function silentRows(tx: Transaction, silentMs: number): Promise<AnswerKey[]> {
  const silent =
    silentMs === 0
      ? undefined
      : lt(generation.heartbeatAt, sql`now() - make_interval(secs => ${silentMs / 1000})`);
  return await tx
    .select({ conversationId: generation.conversationId, messageId: generation.messageId })
    .from(generation)
    .where(and(running, silent));
}
