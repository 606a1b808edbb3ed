import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  vector,
} from 'drizzle-orm/pg-core';
import type { Intent, Source, SourceKind } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId, tsvector } from './columns.ts';

export const knowledgeSource = pgTable(
  'knowledge_source',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    title: text('title').notNull(),
    section: text('section'),
    kind: text('kind').$type<SourceKind>().notNull(),
    language: text('language').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    state: text('state').$type<Source['state']>().notNull(),
    problem: text('problem'),
    passages: integer('passages').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('knowledge_source_name').on(table.tenantId, table.name),
    ownTenant('knowledge_source'),
    ownCustomer('knowledge_source'),
  ],
);

/** Passages with their embedding (of the bundled model, 384 wide) and their lexemes in the passage's language. */
export const knowledgePassage = pgTable(
  'knowledge_passage',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    sourceId: text('source_id').notNull(),
    position: integer('position').notNull(),
    headings: jsonb('headings').$type<string[]>().notNull(),
    text: text('text').notNull(),
    language: text('language').notNull(),
    embedding: vector('embedding', { dimensions: 384 }).notNull(),
    search: tsvector('search').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('knowledge_passage_source').on(table.tenantId, table.sourceId, table.position),
    index('knowledge_passage_search').using('gin', table.search),
    ownTenant('knowledge_passage'),
    ownCustomer('knowledge_passage'),
  ],
);

export const knowledgeIntent = pgTable(
  'knowledge_intent',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    description: text('description').notNull(),
    examples: jsonb('examples').$type<Intent['examples']>().notNull(),
    action: jsonb('action').$type<Intent['action']>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.name] }),
    ownTenant('knowledge_intent'),
    ownCustomer('knowledge_intent'),
  ],
);

/** Questions that found nothing. Asked again in the same words, it is counted and not repeated. */
export const knowledgeGap = pgTable(
  'knowledge_gap',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    question: text('question').notNull(),
    /** The question in lower case without punctuation. */
    normal: text('normal').notNull(),
    language: text('language').notNull(),
    conversationId: text('conversation_id'),
    bestCosine: real('best_cosine'),
    bestTitle: text('best_title'),
    times: integer('times').notNull().default(1),
    lastAt: moment('last_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('knowledge_gap_normal').on(table.tenantId, table.normal),
    ownTenant('knowledge_gap'),
    ownCustomer('knowledge_gap'),
  ],
);
