import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Citation, Feedback, InboxEntry, Message, Outcome, Owner, TurnSentiment } from '#contracts';
import { currentCustomer, moment, ownCustomer, ownTenant, tenantId, tsvector } from './columns.ts';

/** One row per conversation: who speaks for the company now, and what the inbox shows. Events are the truth beneath. */
export const conversation = pgTable(
  'conversation',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    customerId: text('customer_id').notNull(),
    customerName: text('customer_name'),
    title: text('title').notNull(),
    language: text('language').notNull(),
    ownerKind: text('owner_kind').$type<Owner['kind']>().notNull().default('bot'),
    ownerUserId: text('owner_user_id'),
    ownerTeamId: text('owner_team_id'),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
    preview: text('preview').notNull().default(''),
    lastAuthor: text('last_author').$type<Message['author']>(),
    sentiment: jsonb('sentiment').$type<TurnSentiment>(),
    trend: jsonb('trend').$type<InboxEntry['trend']>().notNull().default([null, null, null, null]),
    waitingSince: moment('waiting_since'),
    closedAt: moment('closed_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('conversation_inbox').on(table.tenantId, table.updatedAt, table.id),
    index('conversation_customer').on(table.tenantId, table.customerId),
    ownTenant('conversation'),
    ownCustomer('conversation', sql`customer_id = ${currentCustomer}`),
  ],
);

const ownConversation = sql`exists (select 1 from conversation where conversation.id = conversation_id)`;

/** Messages as they are shown. The id is the client's, so it is only unique within its conversation. */
export const message = pgTable(
  'message',
  {
    tenantId: tenantId(),
    conversationId: text('conversation_id').notNull(),
    id: text('id').notNull(),
    parentId: text('parent_id'),
    author: text('author').$type<Message['author']>().notNull(),
    authorName: text('author_name'),
    text: text('text').notNull(),
    search: tsvector('search').notNull().default(sql`''::tsvector`),
    state: text('state').$type<Message['state']>().notNull(),
    outcome: text('outcome').$type<Outcome>(),
    citations: jsonb('citations').$type<Citation[]>().notNull().default([]),
    choices: jsonb('choices').$type<Message['choices']>().notNull().default([]),
    sentiment: jsonb('sentiment').$type<TurnSentiment>(),
    feedback: jsonb('feedback').$type<Feedback>(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.conversationId, table.id] }),
    index('message_order').on(table.tenantId, table.conversationId, table.seq),
    index('message_search').using('gin', table.search),
    ownTenant('message'),
    ownCustomer('message', ownConversation),
  ],
);

/**
 * An answer being written. One process holds it by `fence`: whoever reaps it after `heartbeatAt` fell silent raises the
 * fence, and what the former holder still writes is refused.
 */
export const generation = pgTable(
  'generation',
  {
    tenantId: tenantId(),
    conversationId: text('conversation_id').notNull(),
    /** The id of the message it writes. */
    messageId: text('message_id').notNull(),
    state: text('state').$type<'running' | 'complete' | 'stopped' | 'interrupted'>().notNull(),
    fence: integer('fence').notNull().default(1),
    heartbeatAt: moment('heartbeat_at').notNull().defaultNow(),
    startedAt: moment('started_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.conversationId, table.messageId] }),
    index('generation_running').on(table.tenantId, table.state, table.heartbeatAt),
    ownTenant('generation'),
    ownCustomer('generation', ownConversation),
  ],
);

/** The stream of an answer in flight, chunk by chunk; removed once the message is whole. */
export const generationChunk = pgTable(
  'generation_chunk',
  {
    tenantId: tenantId(),
    conversationId: text('conversation_id').notNull(),
    messageId: text('message_id').notNull(),
    seq: integer('seq').notNull(),
    chunks: jsonb('chunks').$type<Record<string, unknown>[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.conversationId, table.messageId, table.seq] }),
    ownTenant('generation_chunk'),
    ownCustomer('generation_chunk', ownConversation),
  ],
);
