import { Link } from '@tanstack/react-router';
import type { RowOrigin } from '#contracts';

const look = 'text-accent underline underline-offset-2';

/** Where somebody came upon a row, with the way there. */
export function Origin({ from }: { from: RowOrigin }) {
  if ('runId' in from)
    return (
      <Link
        to="/evaluation/runs/$run"
        params={{ run: from.runId }}
        search={{ sample: from.sample, repeat: from.repeat || undefined }}
        className={look}
      >
        a sample of a run
      </Link>
    );
  if ('reviewId' in from)
    return (
      <Link to="/evaluation/reviews/$review" params={{ review: from.reviewId }} className={look}>
        a review
      </Link>
    );
  return (
    <Link to="/desk/$conversation" params={{ conversation: from.conversationId }} className={look}>
      a conversation
    </Link>
  );
}
