/** The longest run of words that BLEU counts. */
export const longest = 4;

/** What stands in for an order of n-grams of which none is right, and how much of it: the methods of Chen and Cherry 2014 by sacreBLEU's names. */
export interface Smoothing {
  method: 'exp' | 'floor' | 'add-k' | 'none';
  /** What `floor` puts in place of no match, and what `add-k` adds to each order above the first; of no meaning to the others. */
  value: number;
}

/**
 * BLEU, from 0 to 100, of a length, the length of the closest reference, and for orders 1…4 how many n-grams are right and then
 * how many there are. With `effective`, orders that the text is too short for do not count, which is meant for single sentences.
 */
export function bleuScore(counts: Float64Array, { method, value }: Smoothing, effective: boolean): number {
  const [length, referenceLength] = counts as unknown as [number, number];
  const right = counts.slice(2, 2 + longest);
  const all = counts.slice(2 + longest);
  if (right.every((count) => count === 0)) return 0;

  let logarithms = 0;
  let orders = 0;
  let halving = 1;
  for (; orders < longest; orders++) {
    const added = method === 'add-k' && orders > 0 ? value : 0;
    const total = (all[orders] as number) + added;
    if (total === 0) break;
    let matches = (right[orders] as number) + added;
    if (matches === 0 && method === 'floor') matches = value;
    if (matches === 0 && method === 'exp') {
      halving *= 2;
      matches = 1 / halving;
    }
    logarithms += Math.log(matches / total);
  }
  if (orders < longest && !effective) return 0;
  const brevity = length < referenceLength ? Math.exp(1 - referenceLength / length) : 1;
  return 100 * brevity * Math.exp(logarithms / orders);
}
