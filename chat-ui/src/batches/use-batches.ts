import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type Batch, type BatchFields, type ResultFormat } from '#contracts';
import { client, uploadingClient } from '../api/client.ts';
import { download } from '../playground/csv.ts';

const lookMs = 1000;
const moving = ({ state }: Batch) => state === 'queued' || state === 'running';

/** The newest first; asked for again while any of them moves. */
export const batchesQuery = infiniteQueryOptions({
  queryKey: ['batches'],
  queryFn: ({ pageParam }) => client().batches.list(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ batches }) => batches.some(moving)) ? lookMs : false,
});

export const batchErrorsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['batches', id, 'errors'],
    queryFn: ({ pageParam }) => client().batches.errors(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export function useStartBatch(onSent: (share: number) => void, onStarted: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ file, fields, signal }: { file: File; fields: BatchFields; signal: AbortSignal }) =>
      uploadingClient(onSent).batches.submit(file, file.name, fields, { signal }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['batches'] });
      onStarted();
    },
  });
}

/** Moves a job on, and says what did not work. */
export function useMoveBatch() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'pause' | 'resume' | 'cancel' | 'remove' }) =>
      client().batches[verb](id) as Promise<unknown>,
    onError: (error) => toast.error(asParlanceError(error).message),
    onSettled: () => cache.invalidateQueries({ queryKey: ['batches'] }),
  });
}

export function useDownload() {
  return useMutation({
    mutationFn: async ({ job, format }: { job: Batch; format: ResultFormat }) => {
      const rows = await new Response(await client().batches.results(job.id, format)).blob();
      const stem = job.file.name.replace(/\.[^.]+$/, '');
      download(`${stem}.${job.task}.${format}`, format === 'csv' ? 'text/csv' : 'application/jsonl', rows);
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
}
