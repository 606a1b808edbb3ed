/**
 * A metric over rows that are already scored: prepared once, so that intervals and tests can ask for it over any weighting of
 * the rows at the price of one pass.
 */
export interface Measured {
  /** How many rows there are. */
  readonly rows: number;
  /** What each row scores alone, in the unit of the metric: for its distribution, the worst rows, and a row beside another system's. */
  readonly each: Float64Array;
  /**
   * The metric over all rows, or with row `i` counted `weights[i]` times (0 leaves it out). What it is of no rows at all is said
   * by each metric, and never `NaN`.
   */
  of(weights?: ArrayLike<number>): number;
  /** True when `of` is the weighted mean of `each`, for which there are exact intervals. */
  readonly mean: boolean;
  readonly better: 'higher' | 'lower';
  /** Everything that changes the number, in the manner of sacreBLEU: `average:macro|labels:3|version:1`. */
  readonly signature: string;
  /** The same for a part of the metric, such as the F1 of one class. */
  readonly parts?: Readonly<Record<string, (weights?: ArrayLike<number>) => number>>;
}

/** A metric that is the mean of a value for each row; of no rows it is 0. */
export function meanOf(each: Float64Array, better: Measured['better'], signature: string): Measured {
  return {
    rows: each.length,
    each,
    mean: true,
    better,
    signature,
    of(weights) {
      let sum = 0;
      let count = 0;
      for (let row = 0; row < each.length; row++) {
        const weight = weights ? (weights[row] as number) : 1;
        sum += weight * (each[row] as number);
        count += weight;
      }
      return count > 0 ? sum / count : 0;
    },
  };
}
