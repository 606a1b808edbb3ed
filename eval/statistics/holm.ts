import { type CompareOptions, type Comparison, decided, evidenceOf } from './compare.ts';
import type { Groups } from './groups.ts';
import type { Pair } from './paired.ts';

/** Fewer rows than this are shown and never tested. */
export const fewestRows = 30;

/**
 * The p values of several tests, each raised so that any of them is below a level by chance no more often than the level says:
 * the step-down procedure of Holm 1979. In the order given.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number));
  const adjusted = new Array<number>(values.length);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (values.length - rank) * (values[index] as number)));
    adjusted[index] = highest;
  }
  return adjusted;
}

/**
 * Compares two systems on several slices of the same rows. Verdicts are by Holm's adjusted p, among the slices of 30 rows and
 * more; the others have no p. The intervals are of each slice alone. Randomization must be able to go below the level divided
 * by the number of slices: 1,000 swaps are enough for 40 slices at 0.95.
 */
export function compareSlices<S extends { pair: Pair; groups: Groups }>(
  slices: readonly S[],
  options: CompareOptions = {},
): Array<{ slice: S; comparison: Comparison }> {
  const measured = slices.map((slice) => evidenceOf(slice.pair, slice.groups, options));
  const tested = measured.filter(({ rows }) => rows >= fewestRows);
  const adjusted = holm(tested.map(({ p }) => p));
  return slices.map((slice, index) => {
    const evidence = measured[index] as (typeof measured)[number];
    const p = adjusted[tested.indexOf(evidence)] ?? null;
    return { slice, comparison: decided(evidence, p, options) };
  });
}
