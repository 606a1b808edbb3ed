import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EvaluationRun, Measurement } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

type Decision = 'accepted' | 'rejected';

/** One run: a column for each figure that lists show, so that none of them opens the document. */
export const evaluationRun = pgTable(
  'evaluation_run',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    suite: text('suite').notNull(),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    fingerprint: text('fingerprint').notNull(),
    datasetSha256: text('dataset_sha256').notNull(),
    targetName: text('target_name').notNull(),
    targetRevision: text('target_revision'),
    partial: text('partial'),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at').notNull(),
    counts: jsonb('counts').$type<EvaluationRun['counts']>().notNull(),
    headlineMetric: text('headline_metric'),
    gatesPassed: integer('gates_passed').notNull(),
    gatesFailed: integer('gates_failed').notNull(),
    gatesInconclusive: integer('gates_inconclusive').notNull(),
    comparedWith: text('compared_with'),
    better: integer('better').notNull(),
    worse: integer('worse').notNull(),
    outcome: text('outcome').$type<EvaluationRun['outcome']>().notNull(),
    createdBy: text('created_by').notNull(),
    /** The run as canonical JSON: what is signed is exactly this text. */
    document: text('document').notNull(),
    sha256: text('sha256').notNull(),
    /** Samples that are here; the next one's place. */
    samples: integer('samples').notNull().default(0),
    sealedAt: moment('sealed_at'),
    needsVerdict: boolean('needs_verdict').notNull().default(false),
    /** Of the verdict that counts. */
    decision: text('decision').$type<Decision>(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('evaluation_run_newest').on(table.tenantId, table.startedAt, table.id),
    index('evaluation_run_regressions').on(table.tenantId, table.needsVerdict, table.startedAt, table.id),
    index('evaluation_run_suite').on(table.tenantId, table.suite, table.startedAt, table.id),
    index('evaluation_run_target').on(table.tenantId, table.targetName, table.startedAt, table.id),
    index('evaluation_run_decision').on(table.tenantId, table.suite, table.decision, table.decidedAt),
    ownTenant('evaluation_run'),
    ownCustomer('evaluation_run'),
  ],
);

/** The metrics of a run, for trends and for the direction in which a scorer's values get worse. */
export const evaluationMetric = pgTable(
  'evaluation_metric',
  {
    tenantId: tenantId(),
    runId: text('run_id').notNull(),
    metric: text('metric').notNull(),
    value: doublePrecision('value').notNull(),
    low: doublePrecision('low').notNull(),
    high: doublePrecision('high').notNull(),
    better: text('better').$type<Measurement['better']>().notNull(),
    rows: integer('rows').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.runId, table.metric] }),
    ownTenant('evaluation_metric'),
    ownCustomer('evaluation_metric'),
  ],
);

/** One answer of a run. What is searched is apart from the rest, and both from what lists filter by. */
export const evaluationSample = pgTable(
  'evaluation_sample',
  {
    tenantId: tenantId(),
    runId: text('run_id').notNull(),
    rowId: text('row_id').notNull(),
    repeat: integer('repeat').notNull(),
    /** In the order of arrival, from 0. */
    position: integer('position').notNull(),
    errored: boolean('errored').notNull(),
    slices: jsonb('slices').$type<Record<string, string>>().notNull(),
    /** JSON: input, expected, output. */
    said: text('said').notNull(),
    /** JSON: the rest. */
    rest: text('rest').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.runId, table.rowId, table.repeat] }),
    uniqueIndex('evaluation_sample_order').on(table.tenantId, table.runId, table.position),
    ownTenant('evaluation_sample'),
    ownCustomer('evaluation_sample'),
  ],
);

/** What a scorer made of an answer; none where it did not judge. */
export const evaluationScore = pgTable(
  'evaluation_score',
  {
    tenantId: tenantId(),
    runId: text('run_id').notNull(),
    scorer: text('scorer').notNull(),
    position: integer('position').notNull(),
    rowId: text('row_id').notNull(),
    value: doublePrecision('value').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.runId, table.scorer, table.position] }),
    index('evaluation_score_value').on(
      table.tenantId,
      table.runId,
      table.scorer,
      table.value,
      table.position,
    ),
    ownTenant('evaluation_score'),
    ownCustomer('evaluation_score'),
  ],
);

/** Append-only by its grants. */
export const evaluationVerdict = pgTable(
  'evaluation_verdict',
  {
    tenantId: tenantId(),
    /** Sorts by time. */
    id: text('id').notNull(),
    runId: text('run_id').notNull(),
    suite: text('suite').notNull(),
    decision: text('decision').$type<Decision>().notNull(),
    reason: text('reason').notNull(),
    despite: boolean('despite').notNull(),
    by: text('by').notNull(),
    byName: text('by_name').notNull(),
    at: moment('at').notNull().defaultNow(),
    runSha256: text('run_sha256').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('evaluation_verdict_run').on(table.tenantId, table.runId, table.id),
    ownTenant('evaluation_verdict'),
    ownCustomer('evaluation_verdict'),
  ],
);
