import { useQuery } from '@tanstack/react-query';
import type { Distribution, Measurement } from '#contracts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatFigure } from '../figures.ts';
import { distributionQuery } from './queries.ts';

interface DistributionPanelProps {
  run: string;
  scorer: string;
  better: Measurement['better'];
}

/** How the values of single answers are spread. */
export function DistributionPanel({ run, scorer, better }: DistributionPanelProps) {
  const { data, error, refetch } = useQuery(distributionQuery(run, scorer));
  return (
    <Panel>
      <PanelHeader title="Values of single answers" hint={`By ${scorer}; ${better} is better`} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="h-56 p-4 sm:p-5">
          {data ? <Bars distribution={data} /> : <Skeleton className="h-full" />}
        </div>
      )}
    </Panel>
  );
}

function Bars({ distribution: { low, high, counts, unjudged } }: { distribution: Distribution }) {
  const most = Math.max(...counts, 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const edge = (bin: number) => formatFigure(low + ((high - low) * bin) / counts.length);
  return (
    <div className="flex h-full flex-col">
      <ol className="flex min-h-0 grow items-end gap-px" aria-label="From the lowest values to the highest">
        {counts.map((count, bin) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: bins never move
            key={bin}
            title={`${edge(bin)} to ${edge(bin + 1)}: ${formatCount(count)}`}
            className="flex h-full grow basis-0 items-end hover:bg-sunken"
          >
            <span className="sr-only">
              {edge(bin)} to {edge(bin + 1)}: {plural(count, 'answer')}
            </span>
            <span
              aria-hidden="true"
              className="w-full rounded-t-sm bg-accent/75 forced-colors:bg-[CanvasText]"
              style={{ height: count > 0 ? `max(3px, ${(count / most) * 100}%)` : 0 }}
            />
          </li>
        ))}
      </ol>
      <p
        aria-hidden="true"
        className="figures mt-1 flex justify-between border-line-strong border-t pt-1 text-faint text-xs"
      >
        <span>{formatFigure(low)}</span>
        <span>{formatFigure((low + high) / 2)}</span>
        <span>{formatFigure(high)}</span>
      </p>
      <p className="mt-1 text-faint text-xs">
        {plural(total, 'answer')}, the tallest bar {formatCount(most)}
        {unjudged > 0 && `; ${formatCount(unjudged)} not judged`}
      </p>
    </div>
  );
}
