import { type Interval, wilson } from './interval.ts';

/** How many of the rows two raters gave the same label, of the same rows in the same order. */
export function rawAgreement(first: readonly string[], second: readonly string[]): Interval {
  return wilson(first.filter((label, row) => label === second[row]).length, first.length);
}

export type Reliance = 'rely on it' | 'tentative' | 'mend the guideline';

/** What to do with labels whose κ or α is this: the thresholds of Krippendorff 2004 (0.800 and 0.667). */
export function relianceOf(coefficient: number): Reliance {
  if (coefficient >= 0.8) return 'rely on it';
  return coefficient >= 0.667 ? 'tentative' : 'mend the guideline';
}
