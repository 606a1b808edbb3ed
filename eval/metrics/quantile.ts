import type { Measured } from './metric.ts';

/**
 * A quantile of values, lower ones being better, by the nearest rank: the least value that the given share of rows does not
 * exceed. Of no rows it is 0.
 */
export function quantileOf(each: Float64Array, quantile: number, name: string): Measured {
  const order = Int32Array.from(each.keys()).sort((a, b) => (each[a] as number) - (each[b] as number));
  return {
    rows: each.length,
    each,
    mean: false,
    better: 'lower',
    signature: `${name}|quantile:${quantile}|rank:nearest|version:parlance-1`,
    of(weights) {
      const weightOf = (row: number) => (weights ? (weights[row] as number) : 1);
      let total = 0;
      for (const row of order) total += weightOf(row);
      let below = 0;
      let value = 0;
      for (const row of order) {
        if (weightOf(row) === 0) continue;
        if (below > 0 && below >= quantile * total) break;
        below += weightOf(row);
        value = each[row] as number;
      }
      return value;
    },
  };
}
