import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Classifier } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** What is measured of a version and shown of it. */
export type ClassifierFacts = Omit<Classifier, 'name' | 'version' | 'createdAt' | 'createdBy' | 'model'>;

/** A trained version. It never changes; its weights are a blob that no other row names. */
export const classifier = pgTable(
  'classifier',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    modelId: text('model_id').notNull(),
    modelRevision: text('model_revision').notNull(),
    blob: text('blob').notNull(),
    facts: jsonb('facts').$type<ClassifierFacts>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.name, table.version] }),
    ownTenant('classifier'),
    ownCustomer('classifier'),
  ],
);
