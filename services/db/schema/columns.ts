import { sql } from 'drizzle-orm';
import { customType, pgPolicy, pgRole, text, timestamp } from 'drizzle-orm/pg-core';

/** The role every transaction of the application runs as. It owns nothing. */
export const appUser = pgRole('app_user').existing();

/** After a transaction a local setting reads as '' and not as NULL, hence nullif: no tenant means no rows. */
const currentTenant = sql`nullif(current_setting('app.tenant', true), '')`;

/** The customer a transaction is narrowed to; null when it acts for the company. */
export const currentCustomer = sql`nullif(current_setting('app.customer', true), '')`;

/** Never written by a query: the database fills it in from the transaction's own tenant. */
export const tenantId = () => text('tenant_id').notNull().default(currentTenant);

/** To the millisecond, which is what a JavaScript Date keeps. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Lexemes of a text, for full-text search. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** One tenant per transaction, for reading and for writing. */
export const ownTenant = (table: string) =>
  pgPolicy(`${table}_tenant`, {
    for: 'all',
    to: appUser,
    using: sql`tenant_id = ${currentTenant}`,
    withCheck: sql`tenant_id = ${currentTenant}`,
  });

/**
 * What a transaction narrowed to one customer may do with a table: nothing, unless `visible` says which rows are theirs.
 * Restrictive, so it takes away from what the tenant's policy gives.
 */
export const ownCustomer = (table: string, visible = sql`false`) =>
  pgPolicy(`${table}_customer`, {
    as: 'restrictive',
    for: 'all',
    to: appUser,
    using: sql`${currentCustomer} is null or ${visible}`,
    withCheck: sql`${currentCustomer} is null or ${visible}`,
  });
