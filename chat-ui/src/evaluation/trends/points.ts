import type { Trend } from '#contracts';
import { hasInterval } from '../figures.ts';

type Run = Trend['runs'][number];

/** One run on the chart of a metric. Places are in percent, from the left and from the bottom. */
export interface Point {
  run: Run;
  figure: Run['metrics'][string];
  x: number;
  y: number;
  /** The ends of the interval; null where there is none. */
  low: number | null;
  high: number | null;
  /** Rows, scorers or prompt are not those of the run before. */
  otherwise: boolean;
}

/** Where every run stands that has the metric, and the figures at the bottom and the top of the chart. */
export function pointsOf(
  runs: readonly Run[],
  metric: string,
): { points: Point[]; from: number; to: number } {
  const measured = runs.flatMap((run) => {
    const figure = run.metrics[metric];
    return figure ? { run, figure } : [];
  });
  const ends = measured.flatMap(({ figure }) =>
    hasInterval(figure) ? [figure.value, figure.low, figure.high] : [figure.value],
  );
  const { from, to } = around(Math.min(...ends), Math.max(...ends));
  const upTo = (value: number) => ((value - from) / (to - from)) * 100;
  const points = measured.map(({ run, figure }, place) => ({
    ...{ run, figure, x: ((place + 0.5) / measured.length) * 100, y: upTo(figure.value) },
    low: hasInterval(figure) ? upTo(figure.low) : null,
    high: hasInterval(figure) ? upTo(figure.high) : null,
    otherwise: place > 0 && run.fingerprint !== measured[place - 1]?.run.fingerprint,
  }));
  return { points, from, to };
}

/** Round figures just outside: a quarter of a power of ten apart at the least. */
function around(low: number, high: number): { from: number; to: number } {
  const span = high - low || Math.abs(high) || 1;
  const step = 10 ** Math.floor(Math.log10(span)) / 4;
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  return from === to ? { from: from - step, to: to + step } : { from, to };
}
