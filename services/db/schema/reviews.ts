import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { CreateReviewRequest, RowOrigin, Rubric } from '#contracts';
import { moment, ownCustomer, ownTenant, tenantId } from './columns.ts';

/** A queue of answers for people to judge. */
export const review = pgTable(
  'review',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    suite: text('suite').notNull(),
    rubric: jsonb('rubric').$type<Rubric>().notNull(),
    systems: jsonb('systems').$type<{ runId: string; label: string }[]>().notNull(),
    blind: boolean('blind').notNull(),
    seed: integer('seed').notNull(),
    overlap: jsonb('overlap').$type<CreateReviewRequest['overlap']>().notNull(),
    items: integer('items').notNull(),
    /** Judgements there should be. */
    wanted: integer('wanted').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
    revealedAt: moment('revealed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ownTenant('review'),
    ownCustomer('review'),
  ],
);

/** An item of a queue, with a copy of what is judged: it outlives the run. */
export const reviewItem = pgTable(
  'review_item',
  {
    tenantId: tenantId(),
    reviewId: text('review_id').notNull(),
    id: text('id').notNull(),
    /** From 0. */
    position: integer('position').notNull(),
    rowId: text('row_id').notNull(),
    /** Whether the second system is shown as the first. */
    swapped: boolean('swapped').notNull(),
    raters: integer('raters').notNull(),
    /** JSON: input, expected, an answer of each system. */
    content: text('content').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.reviewId, table.id] }),
    uniqueIndex('review_item_order').on(table.tenantId, table.reviewId, table.position),
    ownTenant('review_item'),
    ownCustomer('review_item'),
  ],
);

/** An item in the hands of a rater, and what became of it there. */
export const reviewHand = pgTable(
  'review_hand',
  {
    tenantId: tenantId(),
    reviewId: text('review_id').notNull(),
    itemId: text('item_id').notNull(),
    rater: text('rater').notNull(),
    raterName: text('rater_name').notNull(),
    state: text('state').$type<'leased' | 'judged' | 'skipped'>().notNull(),
    leasedAt: moment('leased_at').notNull(),
    until: moment('until').notNull(),
    /** The judgement that counts. */
    choice: jsonb('choice').$type<string | number>(),
    comment: text('comment'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.reviewId, table.itemId, table.rater] }),
    ownTenant('review_hand'),
    ownCustomer('review_hand'),
  ],
);

/** Every judgement, change of mind and withdrawal. Append-only by its grants. */
export const reviewJudgement = pgTable(
  'review_judgement',
  {
    tenantId: tenantId(),
    /** Sorts by time. */
    id: text('id').notNull(),
    reviewId: text('review_id').notNull(),
    itemId: text('item_id').notNull(),
    rater: text('rater').notNull(),
    raterName: text('rater_name').notNull(),
    action: text('action').$type<'judged' | 'skipped' | 'withdrawn'>().notNull(),
    choice: jsonb('choice').$type<string | number>(),
    comment: text('comment').notNull(),
    leasedAt: moment('leased_at').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('review_judgement_review').on(table.tenantId, table.reviewId, table.id),
    ownTenant('review_judgement'),
    ownCustomer('review_judgement'),
  ],
);

/** A row of a dataset that grows by people's judgements. */
export const labelledRow = pgTable(
  'labelled_row',
  {
    tenantId: tenantId(),
    dataset: text('dataset').notNull(),
    /** Sorts by time. */
    id: text('id').notNull(),
    /** The origin as one text, by which the same row is known again. */
    origin: text('origin').notNull(),
    from: jsonb('from').$type<RowOrigin>().notNull(),
    group: text('group'),
    /** JSON: input, expected. */
    content: text('content').notNull(),
    note: text('note').notNull(),
    by: text('by').notNull(),
    byName: text('by_name').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.dataset, table.id] }),
    uniqueIndex('labelled_row_origin').on(table.tenantId, table.dataset, table.origin),
    ownTenant('labelled_row'),
    ownCustomer('labelled_row'),
  ],
);

/** What a dataset was at one moment. Append-only by its grants. */
export const datasetVersion = pgTable(
  'dataset_version',
  {
    tenantId: tenantId(),
    dataset: text('dataset').notNull(),
    sha256: text('sha256').notNull(),
    rows: integer('rows').notNull(),
    bytes: integer('bytes').notNull(),
    /** Canonical JSONL. */
    content: text('content').notNull(),
    by: text('by').notNull(),
    byName: text('by_name').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.dataset, table.sha256] }),
    ownTenant('dataset_version'),
    ownCustomer('dataset_version'),
  ],
);
