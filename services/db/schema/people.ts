import { sql } from 'drizzle-orm';
import { index, jsonb, pgPolicy, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Role, User } from '#contracts';
import { appUser, moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** As for API keys: a transaction without a tenant that knows the hash of what was presented may read that one row. */
const readByHash = (table: string, column: string) =>
  pgPolicy(`${table}_by_hash`, {
    for: 'select',
    to: appUser,
    using: sql`${sql.raw(column)} = nullif(current_setting('app.key_hash', true), '')`,
  });

/** Those who work here. Nobody is ever removed: what they said and did keeps their name. */
export const person = pgTable(
  'person',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** In lower case; null for whoever sits at this machine. */
    email: text('email'),
    /** By which a sign-in finds its tenant. */
    emailHash: text('email_hash'),
    /** Null for those who sign in elsewhere or not at all. */
    passwordHash: text('password_hash'),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    teamIds: jsonb('team_ids').$type<string[]>().notNull().default([]),
    availability: text('availability').$type<User['availability']>().notNull().default('available'),
    createdAt: moment('created_at').notNull().defaultNow(),
    disabledAt: moment('disabled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('person_email').on(table.tenantId, table.email),
    index('person_email_hash').on(table.emailHash),
    ownTenant('person'),
    ownCustomer('person'),
    readByHash('person', 'email_hash'),
  ],
);

/** One sign-in on one device. Of its token only the hash is kept. */
export const personSession = pgTable(
  'person_session',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    hash: text('hash').notNull(),
    personId: text('person_id').notNull(),
    /** As the browser named itself, to recognise it by. */
    userAgent: text('user_agent').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('person_session_hash').on(table.hash),
    index('person_session_person').on(table.tenantId, table.personId),
    ownTenant('person_session'),
    ownCustomer('person_session'),
    readByHash('person_session', 'hash'),
  ],
);

/** A way in that works once: to join, or for someone who is here already to choose a new password. Used, it is gone. */
export const invitation = pgTable(
  'invitation',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    hash: text('hash').notNull(),
    email: text('email').notNull(),
    /** Whose password it resets; null for an invitation to join. */
    personId: text('person_id'),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    teamIds: jsonb('team_ids').$type<string[]>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('invitation_hash').on(table.hash),
    uniqueIndex('invitation_email').on(table.tenantId, table.email),
    ownTenant('invitation'),
    ownCustomer('invitation'),
    readByHash('invitation', 'hash'),
  ],
);

export const team = pgTable(
  'team',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('team_name').on(table.tenantId, table.name),
    ownTenant('team'),
    ownCustomer('team'),
  ],
);

/** What a tenant signs with. Made by chance on first use and never changed. */
export const tenantSecret = pgTable(
  'tenant_secret',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.name] }),
    ownTenant('tenant_secret'),
    ownCustomer('tenant_secret'),
  ],
);
