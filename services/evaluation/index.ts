import type { CompareQuery, Distribution, PairedPage, SamplePage, SampleQuery, Trend } from '#contracts';
import type { Database } from '../db/database.ts';
import { createJobs, type EvaluationJobs, type JobParts } from './jobs/jobs.ts';
import { createRowStore, type RowStore } from './labels/row-store.ts';
import { createVersionStore, type VersionStore } from './labels/version-store.ts';
import { pairSamples } from './pairs.ts';
import { exportReview } from './reviews/export.ts';
import { createReviewItems, type ReviewItems } from './reviews/items.ts';
import { createReviewStore, type ReviewStore } from './reviews/reviews.ts';
import { createRunStore, type RunStore } from './runs.ts';
import { listSamples } from './samples.ts';
import { distributionOf } from './scorers.ts';
import { trendOf } from './trends.ts';
import { createVerdictStore, type VerdictStore } from './verdicts.ts';

/** What reviewers keep: runs with their results, verdicts, queues of answers to judge, and rows that people labelled. */
export interface Evaluations {
  runs: RunStore;
  /** As `listSamples` of ./samples.ts. */
  samples(tenant: string, runId: string, query: SampleQuery): Promise<SamplePage>;
  /** As `distributionOf` of ./scorers.ts. */
  distribution(tenant: string, runId: string, scorer: string): Promise<Distribution>;
  /** As `pairSamples` of ./pairs.ts. */
  compare(tenant: string, query: CompareQuery): Promise<PairedPage>;
  /** As `trendOf` of ./trends.ts. */
  trend(tenant: string, suite: string): Promise<Trend>;
  verdicts: VerdictStore;
  reviews: ReviewStore;
  items: ReviewItems;
  /** As `exportReview` of ./reviews/export.ts. */
  exportReview(tenant: string, id: string): Promise<AsyncGenerator<string>>;
  rows: RowStore;
  versions: VersionStore;
  jobs: EvaluationJobs;
}

/** The reviewers' records over the database, and the runs that this process carries out. */
export function createEvaluations(database: Database, parts: Omit<JobParts, 'evaluations'>): Evaluations {
  const within = database.withTenant;
  const records: Omit<Evaluations, 'jobs'> = {
    runs: createRunStore(database),
    samples: (tenant, runId, query) => within(tenant, (tx) => listSamples(tx, runId, query)),
    distribution: (tenant, runId, scorer) => within(tenant, (tx) => distributionOf(tx, runId, scorer)),
    compare: (tenant, query) => within(tenant, (tx) => pairSamples(tx, query)),
    trend: (tenant, suite) => within(tenant, (tx) => trendOf(tx, suite)),
    verdicts: createVerdictStore(database),
    reviews: createReviewStore(database),
    items: createReviewItems(database),
    exportReview: (tenant, id) => exportReview(database, tenant, id),
    rows: createRowStore(database),
    versions: createVersionStore(database),
  };
  return { ...records, jobs: createJobs({ ...parts, evaluations: records }) };
}
