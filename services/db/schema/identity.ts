import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgPolicy, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Scope } from '#contracts';
import { appUser, moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

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
    ownCustomer('api_key'),
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
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ownTenant('audit_entry'),
    ownCustomer('audit_entry'),
  ],
);
