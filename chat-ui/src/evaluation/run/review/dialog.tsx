import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { EvaluationRun, RunSummary } from '#contracts';
import { client } from '../../../api/client.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import type { NewReview } from './draft.ts';
import { ReviewForm } from './form.tsx';

interface ReviewDialogProps {
  run: EvaluationRun;
  summary: RunSummary;
  onClose: () => void;
}

/** Makes a queue of answers for people to judge, and goes there. */
export function ReviewDialog({ run, summary, onClose }: ReviewDialogProps) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (request: NewReview) => client().evaluations.reviews.create(request),
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: ['evaluation', 'reviews'] });
      void navigate({ to: '/evaluation/reviews/$review', params: { review: id } });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Review answers"
      description="A queue of copies of what was said, for people to judge one by one."
      className="sm:max-w-2xl"
    >
      <ReviewForm
        run={run}
        summary={summary}
        busy={create.isPending}
        error={create.error}
        onCreate={create.mutate}
        onCancel={onClose}
      />
    </Dialog>
  );
}
