import { setImmediate as nextTick } from 'node:timers/promises';
import type { SummariesOptions } from '#contracts';
import { dot } from '../vector.ts';

/** What is chosen from: a salience in 0…1, a unit vector and a number of words for each, in the order of the text. */
export interface Candidate {
  salience: number;
  vector: Float32Array;
  words: number;
}

/** How much a sentence loses by being like one that is already in the summary, beside what it says of the text. */
const redundancyWeight = 0.3;
/** A cosine from which two sentences say the same: the second comes after all that say something else. */
const sameFrom = 0.95;
const mostByDefault = 10;
/** Products of vectors between two looks at what else there is to do: some tens of milliseconds. */
const productsAtOnce = 50_000;

/** How much a summary may hold. Of several limits the least counts; without one it is the square root of the sentences, at most ten. */
export function limitsOf(
  { sentences, ratio, words }: Pick<SummariesOptions, 'sentences' | 'ratio' | 'words'>,
  count: number,
): { sentences: number; words: number } {
  const usual =
    sentences === undefined && ratio === undefined && words === undefined
      ? Math.min(mostByDefault, Math.round(Math.sqrt(count)))
      : count;
  const most = Math.min(sentences ?? usual, ratio === undefined ? usual : Math.round(ratio * count), usual);
  return { sentences: Math.max(1, most), words: words ?? Number.POSITIVE_INFINITY };
}

/**
 * The places of the sentences of a summary, in the order of the text: the most salient one that is least like what was
 * chosen before, again and again (maximal marginal relevance, Carbonell & Goldstein 1998). What would exceed the words is passed over.
 */
export async function selectSentences(
  candidates: readonly Candidate[],
  limits: { sentences: number; words: number },
): Promise<number[]> {
  const chosen: number[] = [];
  const closest = new Float64Array(candidates.length);
  const open = new Set(candidates.keys());
  let words = 0;
  let products = 0;
  while (chosen.length < limits.sentences && open.size > 0) {
    const best = bestOf(candidates, open, closest);
    open.delete(best);
    const { vector, words: more } = candidates[best] as Candidate;
    chosen.push(best);
    words += more;
    for (const at of open) {
      const { vector: other, words: length } = candidates[at] as Candidate;
      if (words + length > limits.words) open.delete(at);
      else closest[at] = Math.max(closest[at] as number, dot(other, vector));
    }
    products += open.size;
    if (products > productsAtOnce) {
      await nextTick();
      products = 0;
    }
  }
  return chosen.sort((a, b) => a - b);
}

function bestOf(candidates: readonly Candidate[], open: Set<number>, closest: Float64Array): number {
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (const at of open) {
    const close = closest[at] as number;
    const value =
      (candidates[at] as Candidate).salience - redundancyWeight * close - 10 * Number(close > sameFrom);
    if (value > highest) [best, highest] = [at, value];
  }
  return best;
}
