import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { CompareQuery } from '#contracts';
import { client } from '../../api/client.ts';

/** The rows that two runs answered otherwise, the largest change first, page by page. */
export const changesQuery = (query: Pick<CompareQuery, 'a' | 'b' | 'scorer' | 'changed'>) =>
  infiniteQueryOptions({
    queryKey: ['evaluation', 'changes', query],
    queryFn: ({ pageParam, signal }) =>
      client().evaluations.runs.compare({ ...query, after: pageParam, limit: 25 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
