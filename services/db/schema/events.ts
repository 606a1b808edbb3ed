import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Event } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** A conversation's own topic, for those who may see the conversation: its policy narrows the inner query as well. */
const ownTopic = sql`exists (select 1 from conversation where topic = 'conversation/' || conversation.id)`;

/** The last `seq` of each topic. Its row lock makes the writers of one topic wait for one another. */
export const eventTopic = pgTable(
  'event_topic',
  {
    tenantId: tenantId(),
    topic: text('topic').notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.topic] }),
    ownTenant('event_topic'),
    ownCustomer('event_topic', ownTopic),
  ],
);

export const eventLog = pgTable(
  'event_log',
  {
    tenantId: tenantId(),
    topic: text('topic').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    at: moment('at').notNull().defaultNow(),
    actor: jsonb('actor').$type<Event['actor']>().notNull(),
    data: jsonb('data').$type<Event['data']>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.topic, table.seq] }),
    ownTenant('event_log'),
    ownCustomer('event_log', sql`type <> 'note-added' and ${ownTopic}`),
  ],
);
