import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.ts';
import type { ReviewSearch } from './address.ts';

/** Everything about queues, to be read anew after a change. */
export const reviewsKey = ['evaluation', 'reviews'] as const;

const othersJudgeMs = 20_000;
const byPages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
};

/** Queues page by page, the latest first. */
export const reviewsQuery = infiniteQueryOptions({
  queryKey: [...reviewsKey, 'list'],
  queryFn: ({ pageParam }) => client().evaluations.reviews.list({ after: pageParam }),
  ...byPages,
});

/** A queue and how far it is. Others judge as well while it is open. */
export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...reviewsKey, 'one', id],
    queryFn: ({ signal }) => client().evaluations.reviews.get(id, { signal }),
    refetchInterval: ({ state }) => (state.data?.review.state === 'open' ? othersJudgeMs : false),
  });

/** What was judged in a closed queue, page by page. */
export const judgedQuery = (id: string, closedAt: string | null, show: ReviewSearch['show']) =>
  infiniteQueryOptions({
    queryKey: [...reviewsKey, 'judged', id, closedAt, show],
    queryFn: ({ pageParam }) =>
      client().evaluations.reviews.items(id, { show: show ?? 'all', after: pageParam }),
    ...byPages,
  });

/** How far a judge of the queue's run says what people say. */
export const calibrationQuery = (id: string, closedAt: string | null, scorer: string) =>
  queryOptions({
    queryKey: [...reviewsKey, 'calibration', id, closedAt, scorer],
    queryFn: () => client().evaluations.reviews.calibration(id, scorer),
  });
