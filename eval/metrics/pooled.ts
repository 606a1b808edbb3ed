import type { Measured } from './metric.ts';

/**
 * A metric of counts that are summed over the rows before anything is divided, as BLEU and word error rate are. `counts` holds
 * `columns` numbers for each row, `score` makes the metric of their sums and, where nothing else is said, of one row's own. It
 * must know what to say of sums that are all 0, which are those of no rows.
 */
export function pooled(
  counts: Float64Array,
  columns: number,
  score: (sums: Float64Array) => number,
  {
    alone = score,
    ...about
  }: Pick<Measured, 'better' | 'signature'> & { alone?: (counts: Float64Array) => number },
): Measured {
  const rows = counts.length / columns;
  const each = new Float64Array(rows);
  for (let row = 0; row < rows; row++) each[row] = alone(counts.subarray(row * columns, (row + 1) * columns));
  return { rows, each, mean: false, ...about, of: (weights) => score(sumsOf(counts, columns, weights)) };
}

function sumsOf(counts: Float64Array, columns: number, weights?: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0, row = 0; start < counts.length; start += columns, row++) {
    const weight = weights ? (weights[row] as number) : 1;
    // A resample leaves more than a third of the rows out.
    if (weight === 0) continue;
    for (let column = 0; column < columns; column++) {
      sums[column] = (sums[column] as number) + weight * (counts[start + column] as number);
    }
  }
  return sums;
}

/** The counts of `pooled` from those of each row, without the first `skipped` of them. */
export function inOne(rows: readonly (readonly number[])[], columns: number, skipped = 0): Float64Array {
  const counts = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => {
    for (let column = 0; column < columns; column++)
      counts[index * columns + column] = row[skipped + column] as number;
  });
  return counts;
}
