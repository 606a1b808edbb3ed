import { bigint, index, integer, jsonb, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core';
import type { Batch, ModelUsed, TaskName, TaskUsage } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** What was asked for, the same until the end. */
export type BatchOrder = Pick<Batch, 'options' | 'carry' | 'file'> & { delimiter: string };

/** A job. Whoever runs it holds its lease and shows its fence; who has lost it is refused. */
export const batchJob = pgTable(
  'batch_job',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    state: text('state').$type<Batch['state']>().notNull(),
    problem: text('problem'),
    task: text('task').$type<TaskName>().notNull(),
    model: text('model'),
    order: jsonb('order').$type<BatchOrder>().notNull(),
    /** The uploaded file, which no other row names. */
    blob: text('blob').notNull(),
    rowsTotal: integer('rows_total').notNull(),
    rowsDone: integer('rows_done').notNull().default(0),
    rowsFailed: integer('rows_failed').notNull().default(0),
    rowsPerSecond: real('rows_per_second'),
    usage: jsonb('usage').$type<TaskUsage>().notNull(),
    ranOn: jsonb('ran_on').$type<ModelUsed>(),
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    leaseUntil: moment('lease_until'),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('batch_job_state').on(table.tenantId, table.state, table.id),
    ownTenant('batch_job'),
    ownCustomer('batch_job'),
  ],
);

/** Results of some rows that follow one another, in a blob that no other row names. Written with the counts of the job, or not at all. */
export const batchPart = pgTable(
  'batch_part',
  {
    tenantId: tenantId(),
    batchId: text('batch_id').notNull(),
    /** From 0. */
    firstRow: integer('first_row').notNull(),
    rows: integer('rows').notNull(),
    failed: integer('failed').notNull(),
    blob: text('blob').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.batchId, table.firstRow] }),
    ownTenant('batch_part'),
    ownCustomer('batch_part'),
  ],
);
