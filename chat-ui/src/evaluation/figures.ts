import type { Measurement } from '#contracts';

type Interval = Pick<Measurement, 'value' | 'low' | 'high'>;

/** The ends of an interval that says nothing are the largest numbers there are. */
const nowhere = 1e300;

export const hasInterval = ({ low, high }: Interval): boolean => low > -nowhere && high < nowhere;

/** Three digits that matter, or so: beyond them there is only noise. */
export function formatFigure(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 3;
  return value.toFixed(digits).replace('-', '−');
}

/** `0.752 to 0.823`; null where too few rows were there for an interval. */
export const formatInterval = (figure: Interval): string | null =>
  hasInterval(figure) ? `${formatFigure(figure.low)} to ${formatFigure(figure.high)}` : null;

/** Where figures are drawn: from 0 to 1 or from −1 to 1 if all are within, else from the lowest end or 0 to the highest. */
export function scaleOf(figures: readonly Interval[]): { from: number; to: number } {
  const ends = figures.flatMap((each) =>
    hasInterval(each) ? [each.value, each.low, each.high] : [each.value],
  );
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  if (low < -1 || high > 1) return { from: low, to: high };
  return { from: low < 0 ? -1 : 0, to: 1 };
}
