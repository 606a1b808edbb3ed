import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import type { Review } from '#contracts';
import { buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { More } from '../../more.tsx';
import { reviewsQuery } from '../queries.ts';
import { ReviewRow } from './row.tsx';

/** Every queue, those that wait for judgements first. */
export function ReviewList() {
  const list = useInfiniteQuery(reviewsQuery);
  const reviews = list.data?.pages.flatMap((page) => page.reviews);
  if (list.error && !reviews)
    return (
      <Panel>
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      </Panel>
    );
  if (!reviews) return <RowsSkeleton label="Loading the queues" />;
  if (reviews.length === 0) return <NoReviews />;
  const open = reviews.filter(({ state }) => state === 'open');
  const closed = reviews.filter(({ state }) => state === 'closed');
  return (
    <>
      <Queues title="Open" reviews={open} none="Every queue is closed." />
      {closed.length > 0 && <Queues title="Closed" reviews={closed} />}
      <More list={list} />
    </>
  );
}

function Queues({ title, reviews, none }: { title: string; reviews: Review[]; none?: string }) {
  return (
    <Panel>
      <PanelHeader title={title} />
      {reviews.length === 0 && <p className="px-5 py-6 text-muted">{none}</p>}
      <ul className="divide-y divide-line" aria-label={`${title} queues`}>
        {reviews.map((review) => (
          <ReviewRow key={review.id} review={review} />
        ))}
      </ul>
    </Panel>
  );
}

function NoReviews() {
  return (
    <Panel className="border-dashed">
      <EmptyState
        icon={Scale}
        title="Nobody judges anything yet"
        action={
          <Link to="/evaluation" className={buttonClass('primary')}>
            Go to the runs
          </Link>
        }
      >
        Open a run and choose “Review answers”: its answers, or those of two runs side by side, become a queue
        that people judge one by one, blind if you like.
      </EmptyState>
    </Panel>
  );
}
