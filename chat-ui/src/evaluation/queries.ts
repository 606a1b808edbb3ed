import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import type { RunsSearch, TrendsSearch } from './address.ts';

const runningEveryMs = 1000;

const byPages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
};

/** Runs page by page; without an order, those that nobody has judged yet come first. */
export const runsQuery = ({ suite, target, order }: RunsSearch) =>
  infiniteQueryOptions({
    queryKey: ['evaluation', 'runs', { suite, target, order }],
    queryFn: ({ pageParam, signal }) =>
      client().evaluations.runs.list(
        { suite, target, order: order ?? 'regressions', after: pageParam },
        { signal },
      ),
    ...byPages,
    placeholderData: keepPreviousData,
  });

/** The latest runs of one suite or of all, for choosing among. */
export const latestRunsQuery = (suite?: string) =>
  queryOptions({
    queryKey: ['evaluation', 'latest', suite],
    queryFn: async () => (await client().evaluations.runs.list({ suite, limit: 200 })).runs,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['evaluation', 'run', id],
    queryFn: () => client().evaluations.runs.get(id),
    // A sealed run never changes, only what is said about it.
    staleTime: 30_000,
  });

export const suitesQuery = queryOptions({
  queryKey: ['evaluation', 'suites'],
  queryFn: () => client().evaluations.jobs.suites(),
  staleTime: Number.POSITIVE_INFINITY,
});

export const jobsQuery = queryOptions({
  queryKey: ['evaluation', 'jobs'],
  queryFn: () => client().evaluations.jobs.list(),
  refetchInterval: ({ state }) =>
    state.data?.some((job) => job.state === 'running') ? runningEveryMs : false,
});

/** The run of a suite that was accepted last. */
export const acceptedQuery = (suite: string) =>
  queryOptions({
    queryKey: ['evaluation', 'accepted', suite],
    queryFn: () => client().evaluations.runs.accepted(suite),
  });

export const trendQuery = ({ suite = '' }: TrendsSearch) =>
  queryOptions({
    queryKey: ['evaluation', 'trend', suite],
    queryFn: () => client().evaluations.runs.trend(suite),
    enabled: suite !== '',
  });
