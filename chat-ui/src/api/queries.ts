import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => client().session.get(),
  staleTime: 60_000,
});

export const systemQuery = queryOptions({ queryKey: ['system'], queryFn: () => client().system() });

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: () => client().models.list(),
  // A model that is loading changes by itself.
  refetchInterval: (query) => (query.state.data?.some((model) => model.state === 'loading') ? 2000 : false),
});

export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', id],
    queryFn: () => client().models.get(id),
    refetchInterval: (query) => (query.state.data?.state === 'loading' ? 2000 : false),
  });

export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: () => client().keys.list() });

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }) => client().audit(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

export const examplesQuery = queryOptions({
  queryKey: ['examples'],
  queryFn: () => client().examples.list(),
  staleTime: 60_000,
});
