import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { asParlanceError, type ModelPull, type ModelStatus, type PullRequestBody } from '#contracts';
import { client } from '../api/client.ts';
import { modelsQuery } from '../api/queries.ts';
import { mayUse } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';

const lookMs = 700;
const isMoving = ({ state }: ModelPull) => state === 'running';

/** Looked at while any of them is on its way. */
const pullsQuery = queryOptions({
  queryKey: ['model-pulls'],
  queryFn: () => client().models.pulls.list(),
  refetchInterval: ({ state }) => (state.data?.some(isMoving) ? lookMs : false),
});

/** Folders that look like models and cannot be served. */
export const unusableQuery = queryOptions({
  queryKey: ['models', 'unusable'],
  queryFn: () => client().models.unusable(),
});

/** Whether whoever looks may pull, pin and remove. */
export const useMayChange = (): boolean => mayUse(useSession(), 'admin');

/** The pulls of this server. When one is done there is a model more, and it may be done before it was ever seen on its way. */
export function usePulls(): ModelPull[] {
  const cache = useQueryClient();
  const { data = [] } = useQuery({ ...pullsQuery, enabled: useMayChange() });
  const pulled = data.flatMap(({ id, state }) => (state === 'done' ? id : [])).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the ids that say that there is another one
  useEffect(() => void cache.invalidateQueries(modelsQuery), [cache, pulled]);
  return data;
}

export function useStartPull(onStarted: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: Partial<PullRequestBody> & { model: string }) =>
      client().models.pulls.start(request),
    onSuccess: async () => {
      await cache.invalidateQueries(pullsQuery);
      onStarted();
    },
  });
}

export function useCancelPull() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (pull: ModelPull) => client().models.pulls.cancel(pull.id),
    onError: (error) => toast.error(asParlanceError(error).message),
    onSettled: () => cache.invalidateQueries(pullsQuery),
  });
}

type Change = 'verify' | 'pin' | 'unpin' | 'remove';

const done: Record<Change, (model: ModelStatus) => string> = {
  verify: ({ name }) => `The files of ${name} were compared with their checksums`,
  pin: ({ name }) => `${name} is held from now on`,
  unpin: ({ name }) => `${name} may go for others from now on`,
  remove: ({ name }) => `Removed ${name}`,
};

/** Does something to a model, and says what did or did not work. */
export function useChangeModel(model: ModelStatus, onDone: (change: Change) => void = () => {}) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => client().models[change](model.id) as Promise<unknown>,
    onSuccess: (_, change) => {
      toast.success(done[change](model));
      // The list that is shown next must not have it for the moment until it is asked for anew.
      if (change === 'remove')
        cache.setQueryData(modelsQuery.queryKey, (all) => all?.filter(({ id }) => id !== model.id));
      onDone(change);
    },
    onError: (error) => toast.error(asParlanceError(error).message),
    onSettled: () => cache.invalidateQueries({ queryKey: ['models'] }),
  });
}
