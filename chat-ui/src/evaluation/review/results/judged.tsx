import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Review, ReviewedItem } from '#contracts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { SkeletonBlock } from '../../../ui/skeleton.tsx';
import { LabelDialog } from '../../datasets/label-dialog.tsx';
import { More } from '../../more.tsx';
import { useSteps } from '../../use-steps.ts';
import type { ReviewSearch } from '../address.ts';
import { judgedQuery } from '../queries.ts';
import { JudgedItem } from './judged-item.tsx';
import { proposalOf } from './proposal.ts';

interface JudgedProps {
  review: Review;
  show: ReviewSearch['show'];
  onShow: (show: ReviewSearch['show']) => void;
}

const none = {
  all: 'Nothing was in the queue.',
  disagreements: 'Wherever several judged, they said the same.',
  comments: 'Nobody wrote a comment.',
};

/** Every item of a closed queue with what was said of it. */
export function Judged({ review, show, onShow }: JudgedProps) {
  const list = useInfiniteQuery(judgedQuery(review.id, review.closedAt, show));
  const items = list.data?.pages.flatMap((page) => page.items);
  const [labelling, setLabelling] = useState<ReviewedItem>();
  const labelFocused = () => {
    const focused = document.activeElement?.closest('li')?.querySelector('[data-item]');
    const id = focused?.getAttribute('data-item') ?? items?.[0]?.id;
    setLabelling(items?.find((item) => item.id === id));
  };
  // The list grows while its commands stay.
  const latest = useRef(labelFocused);
  latest.current = labelFocused;
  useSteps('item', [
    {
      id: 'label',
      title: 'Make it a labelled row',
      keys: ['L'],
      press: 'l',
      run: () => latest.current(),
    },
  ]);
  return (
    <Panel>
      <PanelHeader title="What was judged">
        <Segmented
          label="Which items"
          value={show ?? 'all'}
          options={[
            { value: 'all', label: 'All' },
            { value: 'disagreements', label: 'Disagreements' },
            { value: 'comments', label: 'Comments' },
          ]}
          onChange={(value) => onShow(value === 'all' ? undefined : value)}
        />
      </PanelHeader>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!items && !list.error && <SkeletonBlock label="Loading what was judged" lines={6} />}
      {items?.length === 0 && <p className="px-5 py-6 text-muted">{none[show ?? 'all']}</p>}
      <ol className="divide-y divide-line" aria-label="Judged items">
        {items?.map((item) => (
          <JudgedItem key={item.id} review={review} item={item} onLabel={() => setLabelling(item)} />
        ))}
      </ol>
      <More list={list} />
      {labelling && (
        <LabelDialog proposal={proposalOf(review, labelling)} onClose={() => setLabelling(undefined)} />
      )}
    </Panel>
  );
}
