import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import type { EvaluationRun, StoredSample } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';
import { SkeletonBlock } from '../../../ui/skeleton.tsx';
import type { RunSearch } from '../../address.ts';
import { More } from '../../more.tsx';
import { cellOf } from '../cell.ts';
import { samplesQuery } from '../queries.ts';
import { SampleFilters } from './filters.tsx';
import { SampleRow } from './row.tsx';
import { SampleSheet } from './sheet.tsx';

interface SamplesPanelProps {
  run: EvaluationRun;
  scorer: string;
  search: RunSearch;
  onChange: (change: RunSearch) => void;
}

const nothing: RunSearch = {
  ...{ slice: undefined, value: undefined, errored: undefined, q: undefined },
  ...{ expected: undefined, said: undefined },
};

/** What the target said to the rows, the worst first. */
export function SamplesPanel({ run, scorer, search, onChange }: SamplesPanelProps) {
  const cell = cellOf(run, search);
  const { slice, value, errored, q, order } = search;
  const filter = {
    ...{ slice, value, search: q },
    errored: errored && ('true' as const),
    // A cell is of one scorer, whatever the list is ordered by; the server knows one at a time.
    ...(order === 'row' || cell ? { order: 'row' as const } : { order: 'worst' as const, scorer }),
  };
  const list = useInfiniteQuery(samplesQuery(run.id, filter, cell));
  const samples = list.data?.pages.flatMap((page) => page.samples);
  const open = (sample: StoredSample | undefined) =>
    onChange({ sample: sample?.id, repeat: sample?.repeat || undefined });
  const filtered = Boolean(slice || errored || q || cell);
  return (
    <Panel id="samples" tabIndex={-1} aria-label="Samples" className="scroll-mt-16">
      <PanelHeader
        title="Samples"
        hint={filter.order === 'worst' ? `The worst by ${scorer} first` : 'In the order of the rows'}
      />
      <SampleFilters run={run} search={search} cell={cell} onChange={onChange} />
      {list.error && !samples && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!samples && !list.error && <SkeletonBlock label="Loading the samples" lines={12} />}
      {samples?.length === 0 && (
        <EmptyState
          icon={SearchX}
          title="No sample fits"
          action={filtered && <Button onClick={() => onChange(nothing)}>Show all samples</Button>}
        >
          {filter.order === 'worst' && `Only what ${scorer} judged is listed when the worst come first.`}
        </EmptyState>
      )}
      <ol className={cx('divide-y divide-line', list.isPlaceholderData && 'opacity-60')}>
        {samples?.map((sample) => (
          <SampleRow
            key={`${sample.id} ${sample.repeat}`}
            sample={sample}
            scorer={scorer}
            onOpen={() => open(sample)}
          />
        ))}
      </ol>
      <More list={list} />
      {search.sample !== undefined && (
        <SampleSheet
          run={run}
          id={search.sample}
          repeat={search.repeat ?? 0}
          samples={samples ?? []}
          onOpen={open}
        />
      )}
    </Panel>
  );
}
