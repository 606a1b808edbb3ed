import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type Review } from '#contracts';
import { client } from '../../../api/client.ts';
import { download } from '../../../playground/csv.ts';
import { reviewsKey } from '../queries.ts';

/** Closes a queue, reopens it, and takes its judgements away as a file. */
export function useQueue(review: Review) {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: reviewsKey });
  const onError = (error: unknown) => toast.error(asParlanceError(error).message);
  const reopen = useMutation({
    mutationFn: () => client().evaluations.reviews.reopen(review.id),
    onSuccess: refresh,
    onError,
  });
  const close = useMutation({
    mutationFn: () => client().evaluations.reviews.close(review.id),
    onSuccess: refresh,
    onError,
  });
  const take = useMutation({
    mutationFn: async () => {
      const lines = await client().evaluations.reviews.export(review.id);
      download(`review-${review.id}.jsonl`, 'application/jsonl', await new Response(lines).text());
    },
    onError,
  });
  return {
    busy: reopen.isPending || close.isPending || take.isPending,
    close: () => close.mutate(),
    reopen: () => reopen.mutate(),
    take: () => take.mutate(),
  };
}
