import type { Measurement } from '#contracts';
import { cx } from '../ui/cx.ts';
import { formatFigure, formatInterval, hasInterval } from './figures.ts';

type Figure = Pick<Measurement, 'value' | 'low' | 'high'>;

/** 0.790 and, fainter, its 95 % interval. */
export function Interval({ figure, className }: { figure: Figure; className?: string }) {
  const interval = formatInterval(figure);
  return (
    <span className={cx('figures whitespace-nowrap', className)}>
      <span className="font-semibold">{formatFigure(figure.value)}</span>
      {interval && <span className="text-faint text-xs"> ({interval})</span>}
    </span>
  );
}

/** The interval as a band on a line, with a mark at the figure. It repeats what stands beside it. */
export function IntervalBar({ figure, from, to }: { figure: Figure; from: number; to: number }) {
  const at = (value: number) => ((value - from) / (to - from || 1)) * 100;
  const { value, low, high } = figure;
  return (
    <span aria-hidden="true" className="relative block h-3.5 min-w-10">
      <span className="absolute inset-x-0 top-1.5 h-0.5 rounded-full bg-line" />
      {hasInterval(figure) && (
        <span
          className="absolute top-0.5 h-2.5 rounded-sm bg-accent/30 forced-colors:border"
          style={{ left: `${at(low)}%`, width: `max(3px, ${at(high) - at(low)}%)` }}
        />
      )}
      <span
        className="absolute top-0 h-3.5 w-0.5 rounded-full bg-accent forced-colors:bg-[CanvasText]"
        style={{ left: `calc(${at(value)}% - 1px)` }}
      />
    </span>
  );
}
