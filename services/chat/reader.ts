import { and, eq } from 'drizzle-orm';
import type { ChatChunk } from '#contracts';
import type { Live } from '../conversations/live.ts';
import { asMessage } from '../conversations/messages.ts';
import { conversationTopic } from '../conversations/topics.ts';
import type { Database } from '../db/database.ts';
import { message } from '../db/schema/index.ts';
import { chunksOfMessage } from './chunks.ts';
import { type AnswerId, textOf } from './generation.ts';
import { readChunks } from './generation-rows.ts';

/** Flushes of another process wake nobody. */
const lookMs = 200;

/**
 * The stream of an answer from the database, from its first chunk: one that another process writes as it comes, one that has ended
 * as a whole. The reader must be entitled to it.
 */
export async function* readAnswer(
  database: Database,
  live: Live,
  { tenant, ...key }: AnswerId,
  signal: AbortSignal,
): AsyncGenerator<ChatChunk> {
  let seq = 0;
  let said: string | undefined;
  while (!signal.aborted) {
    const { batches, row } = await database.withTenant(tenant, async (tx) => {
      const at = and(eq(message.conversationId, key.conversationId), eq(message.id, key.messageId));
      const [row] = await tx.select().from(message).where(at);
      return { row, batches: await readChunks(tx, key, seq) };
    });
    if (!row) return;
    if (row.state !== 'streaming') {
      yield* chunksOfMessage(asMessage(row), said);
      return;
    }
    for (const batch of batches) {
      seq = batch.seq;
      said = (said ?? '') + textOf(batch.chunks);
      yield* batch.chunks;
    }
    if (batches.length === 0) await woken(live, tenant, conversationTopic(key.conversationId), signal);
  }
}

/** Until the topic grows, a moment has passed, or the reader leaves. */
function woken(live: Live, tenant: string, topic: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, lookMs);
    const stop = live.listen(tenant, topic, done);
    signal.addEventListener('abort', done);
  });
}
