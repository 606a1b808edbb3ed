import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgRole,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Event, Scope, TaskName } from '#contracts';

/** The role every transaction of the application runs as. It owns nothing. */
export const appUser = pgRole('app_user').existing();

/** After a transaction a local setting reads as '' and not as NULL, hence nullif: no tenant means no rows. */
const currentTenant = sql`nullif(current_setting('app.tenant', true), '')`;

/** Never written by a query: the database fills it in from the transaction's own tenant. */
const tenantId = () => text('tenant_id').notNull().default(currentTenant);

/** One tenant per transaction, for reading and for writing. */
const ownTenant = (table: string) =>
  pgPolicy(`${table}_tenant`, {
    for: 'all',
    to: appUser,
    using: sql`tenant_id = ${currentTenant}`,
    withCheck: sql`tenant_id = ${currentTenant}`,
  });

/** To the millisecond, which is what a JavaScript Date keeps. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const apiKey = pgTable(
  'api_key',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    hash: text('hash').notNull(),
    scopes: jsonb('scopes').$type<Scope[]>().notNull(),
    ratePerMinute: integer('rate_per_minute'),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('api_key_hash').on(table.hash),
    ownTenant('api_key'),
    // A credential is looked up before its tenant is known: whoever knows a key's hash may read that one row.
    pgPolicy('api_key_by_hash', {
      for: 'select',
      to: appUser,
      using: sql`hash = nullif(current_setting('app.key_hash', true), '')`,
    }),
  ],
);

export const auditEntry = pgTable(
  'audit_entry',
  {
    tenantId: tenantId(),
    /** Sorts by time. */
    id: text('id').notNull(),
    at: moment('at').notNull().defaultNow(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), ownTenant('audit_entry')],
);

export const example = pgTable(
  'example',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    task: text('task').$type<TaskName>().notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), ownTenant('example')],
);

/** What a tenant has had once, such as the demo: deleting the result must not bring it back. */
export const tenantMark = pgTable(
  'tenant_mark',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] }), ownTenant('tenant_mark')],
);

export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    tenantId: tenantId(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    resultId: text('result_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.operation, table.key] }),
    index('idempotency_key_age').on(table.tenantId, table.createdAt),
    ownTenant('idempotency_key'),
  ],
);

/** The last `seq` of each topic. Its row lock makes the writers of one topic wait for one another. */
export const eventTopic = pgTable(
  'event_topic',
  {
    tenantId: tenantId(),
    topic: text('topic').notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.topic] }), ownTenant('event_topic')],
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
  (table) => [primaryKey({ columns: [table.tenantId, table.topic, table.seq] }), ownTenant('event_log')],
);
