/** Which rows belong together because they are not independent: of one document, one customer, one case that is asked again. */
export interface Groups {
  readonly count: number;
  /** For each row the number of its group, from 0. */
  readonly of: Int32Array;
  /** Every row is its own group. */
  readonly alone: boolean;
}

/**
 * The groups of rows from one key for each row, which is its id when it stands alone. Groups are numbered in the order of their
 * keys, so that the same rows in another order get the same resamples, and so the same intervals.
 */
export function groupsOf(keys: readonly string[]): Groups {
  const distinct = [...new Set(keys)].sort();
  const numbers = new Map(distinct.map((key, number) => [key, number]));
  const of = Int32Array.from(keys, (key) => numbers.get(key) as number);
  return { count: distinct.length, of, alone: distinct.length === keys.length };
}

/** The sums of `values`, one for each row, by group. */
export function sumsOf(groups: Groups, values: (row: number) => number): Float64Array {
  const sums = new Float64Array(groups.count);
  for (let row = 0; row < groups.of.length; row++) {
    const group = groups.of[row] as number;
    sums[group] = (sums[group] as number) + values(row);
  }
  return sums;
}
