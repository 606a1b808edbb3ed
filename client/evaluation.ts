import type {
  AcceptedRun,
  AddRowRequest,
  BundledSuite,
  Calibration,
  CompareQuery,
  CreateReviewRequest,
  DatasetVersion,
  Distribution,
  EvaluationJob,
  EvaluationRun,
  JudgeRequest,
  LabelledDataset,
  LabelledRow,
  LabelledRowPage,
  PairedPage,
  Review,
  ReviewDetail,
  ReviewedItemPage,
  ReviewedItemQuery,
  ReviewItem,
  ReviewPage,
  Rubric,
  RunDetail,
  RunPage,
  RunQuery,
  RunSummary,
  SamplePage,
  SampleQuery,
  SampleResult,
  SignVerdictRequest,
  StartJobRequest,
  StoredVerdict,
  Trend,
} from '#contracts';
import { type Call, type CallSettings, type Open, queryOf } from './call.ts';

const base = '/api/v1/evaluations';
const id = encodeURIComponent;

/** Numbers and what is left out, as an address has them. */
const search = (values: object) =>
  queryOf(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
    ),
  );

interface Page {
  /** `next` of the page before. */
  after?: string;
  limit?: number;
}

/** What is needed to make a queue; the rest has defaults. */
export type NewReview = Pick<CreateReviewRequest, 'runIds' | 'select'> &
  Partial<Omit<CreateReviewRequest, 'rubric'>> & {
    rubric: Pick<Rubric, 'title' | 'scale'> & Partial<Rubric>;
  };

/** Runs of suites and what was said about them. Needs `review`, as all of evaluation. */
export const evaluationRunCalls = (call: Call) => {
  const path = (run: string, rest = '') => `${base}/runs/${id(run)}${rest}`;
  const get = <T>(address: string, settings?: CallSettings) => call<T>('GET', address, undefined, settings);
  return {
    list: (query: Partial<RunQuery> = {}, settings?: CallSettings) =>
      get<RunPage>(`${base}/runs${search(query)}`, settings),
    get: (run: string, settings?: CallSettings) => get<RunDetail>(path(run), settings),
    /** Without its results: add those, then seal it. */
    record: (run: EvaluationRun, settings?: CallSettings) =>
      call<RunSummary>('POST', `${base}/runs`, run, settings),
    /** Up to 500 at a time and 4 MiB. Answers how many are there now. */
    addSamples: async (run: string, samples: SampleResult[], settings?: CallSettings) =>
      (await call<{ samples: number }>('POST', path(run, '/samples'), { samples }, settings)).samples,
    seal: (run: string, settings?: CallSettings) =>
      call<RunSummary>('POST', path(run, '/seal'), undefined, settings),
    remove: (run: string) => call<void>('DELETE', path(run)),
    samples: (run: string, query: Partial<SampleQuery> = {}, settings?: CallSettings) =>
      get<SamplePage>(path(run, `/samples${search(query)}`), settings),
    distribution: (run: string, scorer: string, settings?: CallSettings) =>
      get<Distribution>(path(run, `/distribution${search({ scorer })}`), settings),
    compare: (
      query: Pick<CompareQuery, 'a' | 'b' | 'scorer'> & Partial<CompareQuery>,
      settings?: CallSettings,
    ) => get<PairedPage>(`${base}/compare${search(query)}`, settings),
    trend: (suite: string, settings?: CallSettings) =>
      get<Trend>(`${base}/trends${search({ suite })}`, settings),
    /** The run of a suite that was accepted last. */
    accepted: (suite: string, settings?: CallSettings) =>
      get<AcceptedRun>(`${base}/accepted${search({ suite })}`, settings),
    sign: (run: string, request: Omit<SignVerdictRequest, 'despite'> & { despite?: boolean }) =>
      call<StoredVerdict>('POST', path(run, '/verdict'), request),
  };
};

/** Runs that the server carries out. A finished job is a run with the same id. */
export const evaluationJobCalls = (call: Call) => ({
  suites: async (settings?: CallSettings) =>
    (await call<{ suites: BundledSuite[] }>('GET', `${base}/suites`, undefined, settings)).suites,
  start: (request: StartJobRequest) => call<EvaluationJob>('POST', `${base}/jobs`, request),
  list: async (settings?: CallSettings) =>
    (await call<{ jobs: EvaluationJob[] }>('GET', `${base}/jobs`, undefined, settings)).jobs,
  get: (job: string, settings?: CallSettings) =>
    call<EvaluationJob>('GET', `${base}/jobs/${id(job)}`, undefined, settings),
  cancel: (job: string) => call<EvaluationJob>('DELETE', `${base}/jobs/${id(job)}`),
});

/** Queues of answers that people judge. */
export const reviewCalls = (call: Call, open: Open) => {
  const path = (review: string, rest = '') => `${base}/reviews/${id(review)}${rest}`;
  const judgement = (review: string, item: string) => path(review, `/items/${id(item)}/judgement`);
  return {
    list: (page: Page = {}) => call<ReviewPage>('GET', `${base}/reviews${search(page)}`),
    get: (review: string, settings?: CallSettings) =>
      call<ReviewDetail>('GET', path(review), undefined, settings),
    create: (request: NewReview) => call<Review>('POST', `${base}/reviews`, request),
    close: (review: string) => call<Review>('POST', path(review, '/close')),
    reopen: (review: string) => call<Review>('POST', path(review, '/reopen')),
    /** What everybody says of each item, once the queue is closed. */
    items: (review: string, query: Partial<ReviewedItemQuery> = {}) =>
      call<ReviewedItemPage>('GET', path(review, `/items${search(query)}`)),
    /** How far a judge of the queue's run says what people say, once the queue is closed. */
    calibration: (review: string, scorer: string) =>
      call<Calibration>('GET', path(review, `/calibration${search({ scorer })}`)),
    /** JSON lines, each a `JudgementRecord`. */
    export: (review: string, settings?: CallSettings) => open(path(review, '/export'), settings),
    /** The item to judge now; null when nothing is left for the caller. */
    next: async (review: string) =>
      (await call<{ item: ReviewItem | null }>('POST', path(review, '/next'))).item,
    judge: (review: string, item: string, choice: JudgeRequest['choice'], comment = '') =>
      call<ReviewItem>('PUT', judgement(review, item), { choice, comment }),
    /** Takes the caller's own judgement or skip back. */
    undo: (review: string, item: string) => call<ReviewItem>('DELETE', judgement(review, item)),
    skip: (review: string, item: string) => call<void>('POST', path(review, `/items/${id(item)}/skip`)),
  };
};

/** Datasets that grow by people's judgements. */
export const datasetCalls = (call: Call, open: Open) => {
  const path = (dataset: string, rest = '') => `${base}/datasets/${id(dataset)}${rest}`;
  return {
    list: async () => (await call<{ datasets: LabelledDataset[] }>('GET', `${base}/datasets`)).datasets,
    rows: (dataset: string, page: Page & { search?: string } = {}, settings?: CallSettings) =>
      call<LabelledRowPage>('GET', path(dataset, search(page)), undefined, settings),
    /** The dataset is there from its first row on. The same row of the same origin again changes nothing. */
    add: (dataset: string, row: Omit<AddRowRequest, 'note'> & { note?: string }) =>
      call<LabelledRow>('POST', path(dataset, '/rows'), row),
    remove: (dataset: string, row: string) => call<void>('DELETE', path(dataset, `/rows/${id(row)}`)),
    /** The rows as they are now, as canonical JSON lines. */
    export: (dataset: string, settings?: CallSettings) => open(path(dataset, '/export'), settings),
    freeze: (dataset: string) => call<DatasetVersion>('POST', path(dataset, '/versions')),
    versions: async (dataset: string) =>
      (await call<{ versions: DatasetVersion[] }>('GET', path(dataset, '/versions'))).versions,
    /** The rows that a version keeps, as canonical JSON lines. */
    read: (dataset: string, sha256: string, settings?: CallSettings) =>
      open(path(dataset, `/versions/${id(sha256)}`), settings),
  };
};
