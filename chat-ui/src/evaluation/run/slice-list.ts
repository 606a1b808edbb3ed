import type { ComparisonVerdict, EvaluationRun, Measurement } from '#contracts';

/** Fewer rows are shown, but say little. */
export const fewRows = 30;

/** One value of one slice, measured by one metric. */
export interface SliceFigure {
  slice: string;
  value: string;
  rows: number;
  figure: Measurement;
  change: { verdict: ComparisonVerdict; words: string } | undefined;
}

/** Every slice by a metric, the worst first. */
export function slicesBy({ slices, comparison }: EvaluationRun, metric: string): SliceFigure[] {
  const all = Object.entries(slices).flatMap(([slice, values]) =>
    Object.entries(values).flatMap(([value, { rows, metrics }]) => {
      const figure = metrics[metric];
      const change = comparison?.metrics.find(
        (each) => each.metric === metric && each.slice === `${slice}=${value}`,
      );
      return figure ? { slice, value, rows, figure, change } : [];
    }),
  );
  return all.sort((a, b) => (a.figure.better === 'higher' ? 1 : -1) * (a.figure.value - b.figure.value));
}

/** The worst of those with enough rows; undefined when none has. */
export const worstOf = (sorted: readonly SliceFigure[]): SliceFigure | undefined =>
  sorted.find(({ rows }) => rows >= fewRows);
