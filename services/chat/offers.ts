import { and, eq, sql } from 'drizzle-orm';
import { conversationTopic } from '../conversations/topics.ts';
import type { Transaction } from '../db/database.ts';
import { eventLog } from '../db/schema/index.ts';

/** True when a person was offered in this conversation before, for this reason. */
export async function wasOffered(tx: Transaction, conversationId: string, reason: string): Promise<boolean> {
  const [offer] = await tx
    .select({ seq: eventLog.seq })
    .from(eventLog)
    .where(
      and(
        eq(eventLog.topic, conversationTopic(conversationId)),
        eq(eventLog.type, 'handoff-offered'),
        sql`${eventLog.data} ->> 'reason' = ${reason}`,
      ),
    )
    .limit(1);
  return offer !== undefined;
}
