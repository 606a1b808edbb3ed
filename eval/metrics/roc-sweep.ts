import { ParlanceError } from '#contracts';

/** Rows of two kinds in the order of their scores. */
export interface RocSweep {
  /** How often a positive row is above a negative one, ties half, with row `i` counted `weights[i]` times; undefined without both kinds. */
  area(weights?: ArrayLike<number>): number | undefined;
  /** For each row the share of the other kind that is on the right side of it, ties half; ½ where there is no other kind. */
  placements(): Float64Array;
}

/** Sorts the rows once; afterwards an area is one pass upwards through them. Throws `invalid_input` for a score that is NaN. */
export function sweepOf(positive: readonly boolean[], scores: readonly number[]): RocSweep {
  if (scores.some(Number.isNaN))
    throw new ParlanceError('invalid_input', 'A score is not a number: give one, or null for no answer.');
  const byScore = (a: number, b: number) => {
    const [left, right] = [scores[a] as number, scores[b] as number];
    // Among equals the negative rows come first: a positive one then meets all that it is tied with.
    return left === right ? Number(positive[a]) - Number(positive[b]) : left < right ? -1 : 1;
  };
  const order = Int32Array.from(scores.keys()).sort(byScore);
  const isPositive = Uint8Array.from(order, (row) => Number(positive[row]));
  const begins = Uint8Array.from(order, (row, at) =>
    Number(at === 0 || scores[row] !== scores[order[at - 1] as number]),
  );

  function area(weights?: ArrayLike<number>) {
    let doubledWins = 0;
    let positives = 0;
    let negatives = 0;
    let below = 0;
    for (let at = 0; at < order.length; at++) {
      const weight = weights ? (weights[order[at] as number] as number) : 1;
      if (begins[at]) below = negatives;
      if (isPositive[at]) {
        doubledWins += weight * (below + negatives);
        positives += weight;
      } else negatives += weight;
    }
    return positives > 0 && negatives > 0 ? doubledWins / (2 * positives * negatives) : undefined;
  }

  function placements() {
    const each = new Float64Array(order.length);
    const allPositives = isPositive.reduce((sum, one) => sum + one, 0);
    const allNegatives = order.length - allPositives;
    let positives = 0;
    let negatives = 0;
    for (let start = 0, end = 0; start < order.length; start = end) {
      let tied = 0;
      for (end = start; end < order.length && (end === start || !begins[end]); end++)
        tied += isPositive[end] as number;
      const tiedNegatives = end - start - tied;
      const ofPositive = allNegatives > 0 ? (negatives + tiedNegatives / 2) / allNegatives : 0.5;
      const ofNegative = allPositives > 0 ? (allPositives - positives - tied / 2) / allPositives : 0.5;
      for (let at = start; at < end; at++)
        each[order[at] as number] = isPositive[at] ? ofPositive : ofNegative;
      positives += tied;
      negatives += tiedNegatives;
    }
    return each;
  }

  return { area, placements };
}
