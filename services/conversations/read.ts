import { and, asc, desc, eq, gt, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import {
  type Conversation,
  type Event,
  type MessagePage,
  type Owner,
  ParlanceError,
  type Passage,
} from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { asEvent } from '../db/events.ts';
import {
  conversation,
  eventLog,
  generation,
  knowledgePassage,
  knowledgeSource,
  message,
} from '../db/schema/index.ts';
import type { Party } from './ledger.ts';
import { asMessage } from './messages.ts';
import type { ConversationRow } from './projection.ts';
import { conversationTopic } from './topics.ts';

const pageSize = 50;
/** What agents say among themselves. */
const notes = 'note-added';

/** Conversations as those see them who are in them: a customer their own, the company all. Notes of agents are in none. */
export interface Conversations {
  /** Latest first. `after` is the id that the page before gave as `next`. */
  list(party: Party, after?: string): Promise<{ conversations: Conversation[]; next: string | null }>;
  /** Throws `not_found`. */
  get(party: Party, id: string): Promise<Conversation>;
  /** The 50 messages before `before`, or the latest, oldest first. Throws `not_found`. */
  messages(party: Party, id: string, before?: number): Promise<MessagePage>;
  /** The events after `since`, oldest first. None for a conversation that is not theirs. */
  events(party: Party, id: string, since: number, limit: number): Promise<Event[]>;
  /** An event as they see it; undefined for what they do not. */
  shown(party: Party, event: Event): Event | undefined;
  /** A passage that is cited in the conversation, as it is now. Throws `not_found`. */
  citation(party: Party, id: string, passageId: string): Promise<Passage>;
}

export function createConversations(database: Database): Conversations {
  const as = <T>({ tenant, customer }: Party, work: (tx: Transaction) => Promise<T>) =>
    customer === null ? database.withTenant(tenant, work) : database.withCustomer({ tenant, customer }, work);
  const show = async (tx: Transaction, party: Party, rows: ConversationRow[]) => {
    const ids = rows.map(({ id }) => id);
    const generating = ids.length > 0 ? await generatingAmong(tx, ids) : new Set();
    return rows.map((row) => asConversation(row, generating.has(row.id), party));
  };

  return {
    list: (party, after) =>
      as(party, async (tx) => {
        const rows = await tx
          .select()
          .from(conversation)
          .where(after === undefined ? undefined : await olderThan(tx, after))
          .orderBy(desc(conversation.updatedAt), desc(conversation.id))
          .limit(pageSize + 1);
        const conversations = await show(tx, party, rows.slice(0, pageSize));
        return { conversations, next: rows.length > pageSize ? (conversations.at(-1)?.id ?? null) : null };
      }),
    get: (party, id) =>
      as(party, async (tx) => {
        const [shown] = await show(tx, party, [await find(tx, id)]);
        return shown as Conversation;
      }),
    messages: (party, id, before = Number.MAX_SAFE_INTEGER) =>
      as(party, async (tx) => {
        await find(tx, id);
        const rows = await tx
          .select()
          .from(message)
          .where(and(eq(message.conversationId, id), lt(message.seq, before)))
          .orderBy(desc(message.seq))
          .limit(pageSize + 1);
        const messages = rows.slice(0, pageSize).reverse().map(asMessage);
        return { messages, before: rows.length > pageSize ? (messages[0]?.seq ?? null) : null };
      }),
    events: (party, id, since, limit) =>
      as(party, async (tx) => {
        const rows = await tx
          .select()
          .from(eventLog)
          .where(
            and(eq(eventLog.topic, conversationTopic(id)), gt(eventLog.seq, since), ne(eventLog.type, notes)),
          )
          .orderBy(asc(eventLog.seq))
          .limit(limit);
        return rows.map((row) => withoutStaff(asEvent(row), party));
      }),
    shown: (party, event) => (event.type === notes ? undefined : withoutStaff(event, party)),
    async citation(party, id, passageId) {
      await as(party, (tx) => assertCited(tx, id, passageId));
      return await database.withTenant(party.tenant, (tx) => readPassage(tx, passageId));
    },
  };
}

async function find(tx: Transaction, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
  if (!row) throw new ParlanceError('not_found', 'There is no conversation with this id.');
  return row;
}

async function generatingAmong(tx: Transaction, ids: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: generation.conversationId })
    .from(generation)
    .where(and(eq(generation.state, 'running'), inArray(generation.conversationId, ids)));
  return new Set(rows.map(({ id }) => id));
}

async function olderThan(tx: Transaction, id: string): Promise<SQL> {
  const { updatedAt } = await find(tx, id);
  return sql`(${conversation.updatedAt}, ${conversation.id}) < (${updatedAt.toISOString()}::timestamptz, ${id})`;
}

/** Customers learn that a person has the conversation; who it is they read above what that person writes. */
function ownerFor({ kind, userId, teamId }: Owner, party: Party): Owner {
  return party.customer === null ? { kind, userId, teamId } : { kind, userId: null, teamId: null };
}

export function asConversation(row: ConversationRow, generating: boolean, party: Party): Conversation {
  const { id, title, language, lastSeq } = row;
  const owner = { kind: row.ownerKind, userId: row.ownerUserId, teamId: row.ownerTeamId };
  return {
    id,
    title,
    language,
    owner: ownerFor(owner, party),
    generating,
    lastSeq,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What the company says to itself when a conversation changes hands is not the customer's business. */
function withoutStaff(event: Event, party: Party): Event {
  if (party.customer === null) return event;
  const actor = event.actor.kind === 'agent' ? { kind: 'agent' as const, id: '' } : event.actor;
  if (event.type !== 'owner-changed' || !event.data) return { ...event, actor };
  const { from, to } = event.data as { from: Owner; to: Owner };
  return { ...event, actor, data: { from: ownerFor(from, party), to: ownerFor(to, party), reason: '' } };
}

async function assertCited(tx: Transaction, id: string, passageId: string): Promise<void> {
  await find(tx, id);
  const cited = sql`${message.citations} @> ${JSON.stringify([{ passageId }])}::jsonb`;
  const [row] = await tx
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.conversationId, id), cited))
    .limit(1);
  if (!row) throw new ParlanceError('not_found', 'This conversation cites no passage with this id.');
}

async function readPassage(tx: Transaction, id: string): Promise<Passage> {
  const [row] = await tx
    .select()
    .from(knowledgePassage)
    .innerJoin(knowledgeSource, eq(knowledgeSource.id, knowledgePassage.sourceId))
    .where(eq(knowledgePassage.id, id));
  if (!row) {
    throw new ParlanceError(
      'not_found',
      'The article was changed or removed since: what was quoted is all that is left of it here.',
    );
  }
  const { knowledge_passage: passage, knowledge_source: source } = row;
  const { sourceId, headings, position, text, language } = passage;
  return { id, sourceId, sourceName: source.name, title: source.title, headings, position, text, language };
}
