import type { Likeliest, Wanted } from './decoder.ts';

/** Ranks logits, rows × vocabulary, which are changed: what is banned has no chance afterwards. */
export function rank(logits: Float32Array, vocabulary: number, wanted: Wanted): Likeliest {
  const { count, scored, banned, adjust } = wanted;
  const rows = logits.length / vocabulary;
  const ranked: Likeliest = {
    tokens: new Int32Array(rows * count),
    logProbabilities: new Float32Array(rows * count).fill(Number.NEGATIVE_INFINITY),
  };
  for (let row = 0; row < rows; row++) {
    const own = logits.subarray(row * vocabulary, (row + 1) * vocabulary);
    // Of all tokens, also of those that are banned: what is left keeps the probability that the model gave it.
    const all = scored ? logSumExp(own) : 0;
    for (const token of banned) own[token] = Number.NEGATIVE_INFINITY;
    adjust?.(own, row);
    const tokens = ranked.tokens.subarray(row * count, (row + 1) * count);
    const values = ranked.logProbabilities.subarray(row * count, (row + 1) * count);
    takeLargest(own, tokens, values);
    for (let at = 0; at < count; at++) values[at] = (values[at] as number) - all;
  }
  return ranked;
}

/** Fills `places` and `values`, which are −∞ before, with the largest of a row, in descending order; of equal ones the first. */
export function takeLargest(row: Float32Array, places: Int32Array, values: Float32Array): void {
  const last = values.length - 1;
  for (let place = 0; place < row.length; place++) {
    const value = row[place] as number;
    if (!(value > (values[last] as number))) continue;
    let at = last;
    for (; at > 0 && (values[at - 1] as number) < value; at--) {
      values[at] = values[at - 1] as number;
      places[at] = places[at - 1] as number;
    }
    values[at] = value;
    places[at] = place;
  }
}

/** log Σ exp of a row: what logits are lowered by to be log probabilities. */
export function logSumExp(row: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < row.length; at++) if ((row[at] as number) > largest) largest = row[at] as number;
  let sum = 0;
  for (let at = 0; at < row.length; at++) sum += Math.exp((row[at] as number) - largest);
  return largest + Math.log(sum);
}
