import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { ConversationEventData, ConversationEventType, Event, Message } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { type conversation, message } from '../db/schema/index.ts';
import { trendOf } from './trend.ts';

export type ConversationRow = typeof conversation.$inferSelect;
type RowChange = Partial<Omit<ConversationRow, 'tenantId' | 'id'>>;

/** An event of a known type with its data. */
export type Fact = {
  [T in ConversationEventType]: Omit<Event, 'type' | 'data'> & { type: T; data: ConversationEventData[T] };
}[ConversationEventType];

const previewLength = 140;

/** What one event changes in the conversation's row; what the row was is given. */
export function rowAfter(row: ConversationRow, fact: Fact): RowChange {
  const always: RowChange = { lastSeq: fact.seq, updatedAt: new Date(fact.at) };
  switch (fact.type) {
    case 'message-added':
      return { ...always, ...said(fact.actor.kind, fact.data.text), waitingSince: waiting(row, fact) };
    case 'answer-ended':
      return fact.data.state === 'complete' ? { ...always, ...said('bot', fact.data.text) } : always;
    case 'message-scored':
      return { ...always, sentiment: fact.data.sentiment };
    case 'owner-changed': {
      const { kind, userId, teamId } = fact.data.to;
      return {
        ...always,
        ownerKind: kind,
        ownerUserId: userId,
        ownerTeamId: teamId,
        closedAt: kind === 'closed' ? new Date(fact.at) : null,
        waitingSince: kind === 'human' ? (row.waitingSince ?? new Date(fact.at)) : null,
      };
    }
    default:
      return always;
  }
}

function said(author: Event['actor']['kind'], text: string): RowChange {
  return { lastAuthor: author, preview: text.replace(/\s+/g, ' ').slice(0, previewLength) };
}

/** A customer waits from their first unanswered message on, once people own the conversation. */
function waiting(row: ConversationRow, { actor, at }: Pick<Event, 'actor' | 'at'>): Date | null {
  if (actor.kind !== 'customer') return null;
  return row.ownerKind === 'human' ? (row.waitingSince ?? new Date(at)) : null;
}

/** Brings the messages up to date with one event. */
export async function projectMessage(tx: Transaction, row: ConversationRow, fact: Fact): Promise<void> {
  const at = (id: string) => and(eq(message.conversationId, row.id), eq(message.id, id));
  const search = (text: string): SQL => sql`to_tsvector('simple', ${text})`;
  const base = { conversationId: row.id, seq: fact.seq, createdAt: new Date(fact.at) };
  switch (fact.type) {
    case 'message-added': {
      const { messageId: id, parentId, text, authorName } = fact.data;
      const author: Message['author'] = fact.actor.kind;
      const values = { ...base, id, parentId, text, authorName, author, state: 'complete' as const };
      await tx.insert(message).values({ ...values, search: search(text) as never });
      return;
    }
    case 'answer-started': {
      const { messageId: id, parentId } = fact.data;
      await tx.insert(message).values({ ...base, id, parentId, text: '', author: 'bot', state: 'streaming' });
      return;
    }
    case 'answer-ended': {
      const { messageId, state, text, outcome, citations, choices } = fact.data;
      const change = { state, text, outcome, citations, choices, search: search(text) as never };
      await tx.update(message).set(change).where(at(messageId));
      return;
    }
    case 'message-scored':
      await tx.update(message).set({ sentiment: fact.data.sentiment }).where(at(fact.data.messageId));
      return;
    case 'feedback-given':
      await tx.update(message).set({ feedback: fact.data.feedback }).where(at(fact.data.messageId));
      return;
    default:
      return;
  }
}

/** The quarter trend over what is scored by now. */
export async function trendNow(tx: Transaction, conversationId: string): Promise<ConversationRow['trend']> {
  const rows = await tx
    .select({ sentiment: message.sentiment })
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        eq(message.author, 'customer'),
        isNotNull(message.sentiment),
      ),
    )
    .orderBy(asc(message.seq));
  return trendOf(rows.map((each) => each.sentiment?.score ?? 0));
}
