import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** What a tenant has had once, such as the demo: deleting the result must not bring it back. */
export const tenantMark = pgTable(
  'tenant_mark',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.name] }),
    ownTenant('tenant_mark'),
    ownCustomer('tenant_mark'),
  ],
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
    ownCustomer('idempotency_key'),
  ],
);
