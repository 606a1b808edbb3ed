import type { Comparison } from './compare.ts';

/** How figures are written: as points (hundredths) unless something else is said, such as `{ scale: 1, unit: 'ms' }`. */
export interface Wording {
  /** What a figure is multiplied with. */
  scale?: number;
  unit?: string;
  /** Why a difference is shown and never tested, where rows alone cannot tell it from chance. */
  untested?: string;
}

/** The sentence that a reviewer reads: "Better by 2.1 points (0.4 to 3.8) on 2,000 rows." */
export function wordsOf(
  { difference, low, high, p, rows, detectable, verdict }: Omit<Comparison, 'words'>,
  groups: number,
  { scale = 100, unit = 'points', untested }: Wording,
): string {
  const on = groups < rows ? `${counted(rows, 'row')} in ${counted(groups, 'group')}` : counted(rows, 'row');
  if (rows === 0) return 'Inconclusive: there are no rows to compare.';
  const figure = figures((high - low) * scale);
  const write = (value: number) => figure(value * scale);
  if (verdict === 'better') {
    return `Better by ${write(difference)} ${unit} (${write(low)} to ${write(high)}) on ${on}.`;
  }
  if (verdict === 'worse') {
    return `Worse by ${write(-difference)} ${unit} (${write(-high)} to ${write(-low)}) on ${on}.`;
  }
  // Of one group the interval has no ends that could be written.
  if (groups < 2) return `Inconclusive: ${on} cannot tell a difference from chance.`;
  const sign = difference > 0 ? '+' : '';
  const measured = `${sign}${write(difference)} ${unit} (${write(low)} to ${write(high)})`;
  if (untested) return `Not tested: ${measured} on ${on}; ${untested}.`;
  if (p === null) return `Not tested: ${measured} on only ${on}.`;
  const apart = low > 0 || high < 0 ? ` with p = ${p.toFixed(3)}` : '';
  const shown =
    detectable === Number.MAX_VALUE
      ? 'the rows do not say what this set can show'
      : `this set can show a difference of ${write(detectable)} ${unit} or more`;
  return `Inconclusive: ${measured}${apart}; ${shown}.`;
}

const counted = (count: number, thing: string) =>
  `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;

/** Writes figures with as many decimals as an interval of this width deserves, and a true minus sign. */
function figures(width: number): (value: number) => string {
  const decimals = width > 0 ? Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(width)))) : 1;
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value) => value.toLocaleString('en-US', { ...format, signDisplay: 'negative' }).replace('-', '−');
}
