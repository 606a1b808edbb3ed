import { and, eq } from 'drizzle-orm';
import { type Feedback, ParlanceError } from '#contracts';
import type { Change } from '../conversations/ledger.ts';
import { message } from '../db/schema/index.ts';

/** Notes what the customer thinks of an answer, the bot's or an agent's. Throws `not_found` for anything else. */
export async function rateAnswer(change: Change, messageId: string, feedback: Feedback): Promise<void> {
  const [row] = await change.tx
    .select({ author: message.author })
    .from(message)
    .where(and(eq(message.conversationId, change.row.id), eq(message.id, messageId)));
  if (row?.author !== 'bot' && row?.author !== 'agent') {
    throw new ParlanceError('not_found', 'There is no answer with this id.');
  }
  const customer = { kind: 'customer', id: change.row.customerId } as const;
  await change.add(customer, 'feedback-given', { messageId, feedback });
}
