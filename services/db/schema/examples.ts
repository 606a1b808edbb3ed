import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { TaskName } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

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
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ownTenant('example'),
    ownCustomer('example'),
  ],
);
