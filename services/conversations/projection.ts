import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { ConversationEventData, ConversationEventType, Event } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { type conversation, message } from '../db/schema/index.ts';
import { trendOf } from './trend.ts';

export type ConversationRow = typeof conversation.$inferSelect;
export type RowChange = Partial<Omit<ConversationRow, 'tenantId' | 'id'>>;

/** An event of a known type with its data. */
export type Fact = {
  [T in ConversationEventType]: Omit<Event, 'type' | 'data'> & { type: T; data: ConversationEventData[T] };
}[ConversationEventType];

const previewLength = 140;
/** A conversation is called what is said in it first. */
const titleLength = 60;

/** What one event changes in the conversation's row; what the row was is given. */
export function rowAfter(row: ConversationRow, fact: Fact): RowChange {
  const always: RowChange = { lastSeq: fact.seq, updatedAt: new Date(fact.at) };
  switch (fact.type) {
    case 'message-added':
      return {
        ...always,
        ...said(fact.actor.kind, fact.data.text),
        waitingSince: waiting(row, fact),
        title: row.title || short(fact.data.text, titleLength),
      };
    case 'answer-ended':
      return fact.data.state === 'complete' ? { ...always, ...said('bot', fact.data.text) } : always;
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
  return { lastAuthor: author, preview: short(text, previewLength) };
}

/** The beginning of a text on one line. */
const short = (text: string, length: number) => text.replaceAll(/\s+/g, ' ').slice(0, length);

/** A customer waits from their first unanswered message on, once people own the conversation. */
function waiting(row: ConversationRow, { actor, at }: Pick<Event, 'actor' | 'at'>): Date | null {
  if (actor.kind !== 'customer') return null;
  return row.ownerKind === 'human' ? (row.waitingSince ?? new Date(at)) : null;
}

/**
 * The statements that bring the messages up to date with facts: one for all that is new, one for each that changes. They do
 * not depend on one another's outcome.
 */
export function messageWrites(tx: Transaction, conversationId: string, facts: Fact[]): SQL[] {
  const added = new Map<string, NewMessage>();
  const changed = new Map<string, MessageChange>();
  for (const fact of facts) {
    const fresh = newMessage(conversationId, fact);
    if (fresh) added.set(fresh.id, fresh);
    const change = changeOf(fact);
    if (!change) continue;
    const { messageId, ...columns } = change;
    const there = added.get(messageId);
    if (there) Object.assign(there, columns);
    else changed.set(messageId, { ...changed.get(messageId), ...change });
  }
  const inserts =
    added.size > 0
      ? [
          tx
            .insert(message)
            .values([...added.values()])
            .getSQL(),
        ]
      : [];
  const updates = [...changed.values()].map(({ messageId, ...columns }) => {
    const at = and(eq(message.conversationId, conversationId), eq(message.id, messageId));
    return tx.update(message).set(columns).where(at).getSQL();
  });
  return [...inserts, ...updates];
}

type NewMessage = typeof message.$inferInsert;
const search = (text: string) => sql`to_tsvector('simple', ${text})` as never;

function newMessage(conversationId: string, fact: Fact): NewMessage | undefined {
  const { seq, actor } = fact;
  const base = { conversationId, seq, author: actor.kind, createdAt: new Date(fact.at) };
  if (fact.type === 'message-added') {
    const { messageId: id, parentId, text, authorName } = fact.data;
    return { ...base, id, parentId, text, authorName, state: 'complete', search: search(text) };
  }
  if (fact.type === 'answer-started') {
    const { messageId: id, parentId } = fact.data;
    return { ...base, id, parentId, text: '', authorName: null, state: 'streaming', search: search('') };
  }
  return undefined;
}

type MessageChange = { messageId: string } & Partial<typeof message.$inferInsert>;

function changeOf(fact: Fact): MessageChange | undefined {
  switch (fact.type) {
    case 'answer-ended': {
      const { parentId: _, ...ended } = fact.data;
      return { ...ended, search: search(ended.text) };
    }
    case 'message-scored':
    case 'feedback-given':
      return fact.data;
    default:
      return undefined;
  }
}

/**
 * What a score changes in the conversation's row: the trend over all scores, and the mood, unless a later message already
 * has one.
 */
export async function moodWith(
  tx: Transaction,
  conversationId: string,
  { messageId, sentiment }: ConversationEventData['message-scored'],
): Promise<RowChange> {
  const rows = await tx
    .select({ id: message.id, score: sql<number | null>`(${message.sentiment} ->> 'score')::float` })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), eq(message.author, 'customer')))
    .orderBy(asc(message.seq));
  const at = rows.findIndex(({ id }) => id === messageId);
  const latest = rows.slice(at + 1).every(({ score }) => score === null);
  const scores = rows.flatMap(({ score }, index) => (index === at ? sentiment.score : (score ?? [])));
  return { trend: trendOf(scores), ...(latest && { sentiment }) };
}
