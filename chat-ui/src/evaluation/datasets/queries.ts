import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.ts';

/** Everything about datasets, to be read anew after a change. */
export const datasetsKey = ['evaluation', 'datasets'] as const;

export const datasetsQuery = queryOptions({
  queryKey: [...datasetsKey, 'list'],
  queryFn: () => client().evaluations.datasets.list(),
});

/** The rows of a dataset that fit, page by page. */
export const rowsQuery = (dataset: string, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...datasetsKey, 'rows', dataset, search],
    queryFn: ({ pageParam, signal }) =>
      client().evaluations.datasets.rows(dataset, { search, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The frozen versions of a dataset, the latest first. */
export const versionsQuery = (dataset: string) =>
  queryOptions({
    queryKey: [...datasetsKey, 'versions', dataset],
    queryFn: () => client().evaluations.datasets.versions(dataset),
  });
