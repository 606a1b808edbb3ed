import { useInfiniteQuery } from '@tanstack/react-query';
import { Equal } from 'lucide-react';
import type { CompareQuery, EvaluationRun } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import type { CompareSearch } from '../address.ts';
import { More } from '../more.tsx';
import { MetricSelect } from '../run/metric-select.tsx';
import { ChangedSample } from './changed-sample.tsx';
import { changesQuery } from './queries.ts';

interface ChangesPanelProps {
  before: EvaluationRun;
  now: EvaluationRun;
  scorer: string;
  scorers: string[];
  changed: CompareQuery['changed'];
  onChange: (change: CompareSearch) => void;
}

/** The rows that the two answered better or worse, the largest change first. */
export function ChangesPanel({ before, now, scorer, scorers, changed, onChange }: ChangesPanelProps) {
  const list = useInfiniteQuery(changesQuery({ a: before.id, b: now.id, scorer, changed }));
  const samples = list.data?.pages.flatMap((page) => page.samples);
  const counts = list.data?.pages[0]?.counts;
  const counted = (word: string, count: number | undefined) => (
    <>
      {word}{' '}
      <span className="figures min-w-[3ch] text-left">{count === undefined ? '' : formatCount(count)}</span>
    </>
  );
  return (
    <Panel aria-label="Changes">
      <PanelHeader
        title="What changed"
        hint={`By ${scorer}, the largest change first${counts ? `; ${formatCount(counts.same)} rows are the same` : ''}`}
      >
        <div className="flex flex-wrap gap-2">
          <MetricSelect
            label="Scorer"
            metrics={scorers}
            value={scorer}
            onChange={(next) => onChange({ scorer: next })}
          />
          <Segmented
            label="Which changes"
            value={changed}
            options={[
              { value: 'any', label: counted('Any', counts && counts.worse + counts.better) },
              { value: 'worse', label: counted('Worse', counts?.worse) },
              { value: 'better', label: counted('Better', counts?.better) },
            ]}
            onChange={(next) => onChange({ changed: next === 'any' ? undefined : next })}
          />
        </div>
      </PanelHeader>
      {list.error && !samples && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!samples && !list.error && <SkeletonBlock label="Loading the changes" lines={12} />}
      {samples?.length === 0 && (
        <EmptyState icon={Equal} title={changed === 'any' ? 'Nothing changed' : `Nothing got ${changed}`}>
          {scorer} gives every row{' '}
          {changed === 'any' ? 'the same value in both runs' : 'at least as much as before'}.
        </EmptyState>
      )}
      <div className={cx('divide-y divide-line', list.isPlaceholderData && 'opacity-60')}>
        {samples?.map((sample) => (
          <ChangedSample key={sample.id} sample={sample} before={before.id} now={now.id} />
        ))}
      </div>
      <More list={list} />
    </Panel>
  );
}
