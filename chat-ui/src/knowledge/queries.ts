import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { articlesOf } from './articles.ts';

const readingEveryMs = 1500;

export interface SourceFilter {
  query?: string;
  language?: string;
}

/** The sources that fit the filter, page by page. */
export const sourcesQuery = (filter: SourceFilter) =>
  infiniteQueryOptions({
    queryKey: ['knowledge', 'sources', filter],
    queryFn: ({ pageParam }) => client().knowledge.sources.list({ ...filter, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // A document that is being read changes by itself.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.sources.some((source) => source.state === 'reading'))
        ? readingEveryMs
        : false,
  });

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', 'source', id],
    queryFn: () => client().knowledge.sources.get(id),
    refetchInterval: ({ state }) => (state.data?.state === 'reading' ? readingEveryMs : false),
  });

/** The passages of a source as it was at `updatedAt`. */
export const passagesQuery = (id: string, updatedAt: string) =>
  queryOptions({
    queryKey: ['knowledge', 'passages', id, updatedAt],
    queryFn: () => client().knowledge.sources.passages(id),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the bot would find. */
export const findQuery = (query: string, language: string | undefined) =>
  queryOptions({
    queryKey: ['knowledge', 'search', query, language],
    queryFn: ({ signal }) => client().knowledge.search({ query, language }, { signal }),
    enabled: query !== '',
    placeholderData: query === '' ? undefined : keepPreviousData,
    staleTime: 60_000,
  });

export const gapsQuery = queryOptions({
  queryKey: ['knowledge', 'gaps'],
  queryFn: () => client().knowledge.gaps.list(),
  refetchInterval: 30_000,
});

export const intentsQuery = queryOptions({
  queryKey: ['knowledge', 'intents'],
  queryFn: () => client().knowledge.intents.list(),
  staleTime: 60_000,
});

/** What an intent may answer from: the first page of sources is enough to suggest some. */
export const articlesQuery = queryOptions({
  queryKey: ['knowledge', 'articles'],
  queryFn: async () => articlesOf((await client().knowledge.sources.list()).sources),
  staleTime: 60_000,
});
