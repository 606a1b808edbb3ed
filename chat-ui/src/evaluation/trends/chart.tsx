import { Link } from '@tanstack/react-router';
import type { Trend } from '#contracts';
import { formatDate } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { formatFigure, formatInterval } from '../figures.ts';
import { RunMark } from './legend.tsx';
import { type Point, pointsOf } from './points.ts';

interface TrendChartProps {
  metric: string;
  runs: Trend['runs'];
}

/** One metric over the runs. Everything in the drawing is in the table below it as well. */
export function TrendChart({ metric, runs }: TrendChartProps) {
  const { points, from, to } = pointsOf(runs, metric);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  return (
    <Panel>
      <PanelHeader
        title={metric}
        hint={`${last.figure.better} is better; now ${formatFigure(last.figure.value)}${
          points.length > 1 ? `, at first ${formatFigure(first.figure.value)}` : ''
        }`}
      />
      <div aria-hidden="true" className="px-4 py-4 sm:px-5">
        <div className="figures grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-faint text-xs">
          <div className="flex h-44 flex-col justify-between text-right leading-none">
            <span>{formatFigure(to)}</span>
            <span>{formatFigure((from + to) / 2)}</span>
            <span>{formatFigure(from)}</span>
          </div>
          <Plot points={points} />
          <div className="col-start-2 flex justify-between pt-1.5">
            <span>{formatDate(first.run.startedAt)}</span>
            {points.length > 1 && <span>{formatDate(last.run.startedAt)}</span>}
          </div>
        </div>
      </div>
    </Panel>
  );
}

function Plot({ points }: { points: Point[] }) {
  return (
    <div className="relative h-44 border-line border-y bg-[linear-gradient(var(--line),var(--line))] bg-[length:100%_1px] bg-center bg-no-repeat">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
      >
        <polyline
          points={points.map(({ x, y }) => `${x},${100 - y}`).join(' ')}
          fill="none"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          className="stroke-line-strong"
        />
      </svg>
      {points.map((point) => (
        <PointMark key={point.run.id} point={point} />
      ))}
    </div>
  );
}

/** A run with its interval. It is reached by keyboard in the table. */
function PointMark({ point: { run, figure, x, y, low, high, otherwise } }: { point: Point }) {
  const interval = formatInterval(figure);
  return (
    <>
      {otherwise && (
        <span
          className="absolute inset-y-0 border-line-strong border-l border-dashed"
          style={{ left: `calc(${x}% - 0.75rem)` }}
        />
      )}
      {low !== null && high !== null && (
        <span
          className="-translate-x-1/2 absolute w-1.5 rounded-full bg-accent/30 forced-colors:bg-[CanvasText]"
          style={{ left: `${x}%`, bottom: `${low}%`, height: `max(2px, ${high - low}%)` }}
        />
      )}
      <Link
        to="/evaluation/runs/$run"
        params={{ run: run.id }}
        tabIndex={-1}
        title={`${formatFigure(figure.value)}${interval ? ` (${interval})` : ''}, ${run.target.name}, ${formatDate(run.startedAt)}`}
        className="-translate-x-1/2 absolute grid size-6 translate-y-1/2 place-items-center rounded-full hover:bg-accent-soft"
        style={{ left: `${x}%`, bottom: `${y}%` }}
      >
        <RunMark accepted={run.verdict === 'accepted'} partial={run.partial !== null} />
      </Link>
    </>
  );
}
