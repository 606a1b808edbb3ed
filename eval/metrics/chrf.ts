import { type CountedMetric, measureRows } from './counted.ts';
import type { Measured } from './metric.ts';
import { inOne, pooled } from './pooled.ts';
import { type Counts, ngramsOf, sharedBy } from './text/ngrams.ts';
import { referencesOf, type TextRow, withReferences } from './text/row.ts';
import { wordsOf } from './text/white-space.ts';

/** How many characters the longest run has that chrF counts. */
const longest = 6;
/** How many times as much recall weighs as precision, squared. */
const recallWeight = 2 ** 2;
const punctuation = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

export interface ChrfOptions {
  /** How long the longest run of words is that counts beside those of characters: 0, which is chrF, or 2, which is chrF++. */
  words?: 0 | 2;
  lowercase?: boolean;
}

/**
 * chrF2 (Popović 2015) or chrF2++ (Popović 2017) from 0 to 100, to the digits of sacreBLEU 2.6, with white space left out of
 * the characters. `of` is the corpus score, of no rows 0; `each` the sentence score. Of several references the one counts that
 * scores most. Throws `invalid_input` when a row has no reference.
 */
export const chrf = (rows: readonly TextRow[], options?: ChrfOptions): Measured =>
  measureRows(chrfMetric(options), withReferences(rows));

/** The same in two steps. What a row counts for is how many references it has and what `countsOf` counts. */
export function chrfMetric({ words = 0, lowercase = false }: ChrfOptions = {}): CountedMetric<TextRow> {
  const name = words ? 'chrf2++' : 'chrf2';
  const letterCase = lowercase ? 'lc' : 'mixed';
  const signatureOf = (references: string) =>
    `${name}|nrefs:${references}|case:${letterCase}|eff:yes|nc:${longest}|nw:${words}|space:no|version:parlance-1`;
  const ngramsIn = (text: string) => allNgramsOf(lowercase ? text.toLowerCase() : text, words);
  const columns = 3 * (longest + words);
  return {
    count({ output, references }) {
      const own = ngramsIn(output);
      const [first, ...others] = references.map((reference) => countsOf(own, ngramsIn(reference)));
      const best = others.reduce(
        (best, other) => (score(other) > score(best) ? other : best),
        first as Float64Array,
      );
      return [references.length, ...best];
    },
    measure: (rows) =>
      pooled(inOne(rows, columns, 1), columns, score, {
        better: 'higher',
        signature: signatureOf(referencesOf(rows)),
      }),
  };
}

/** The runs of characters of each length, and then those of words. */
function allNgramsOf(text: string, words: number): Counts[] {
  return [
    ...ngramsOf(Array.from(wordsOf(text).join('')), longest, ''),
    ...ngramsOf(words ? wordsOf(text).flatMap(apart) : [], words, ' '),
  ];
}

/** One mark at the end of a word, or else one at its start, is a word of its own. */
function apart(word: string): string[] {
  const last = word.slice(-1);
  if (word.length === 1) return [word];
  if (punctuation.has(last)) return [word.slice(0, -1), last];
  return punctuation.has(word[0] as string) ? [word[0] as string, word.slice(1)] : [word];
}

/** For each order how many n-grams there are, how many in the reference, and in both. An order that the reference is too short for is not held against the output. */
function countsOf(output: Counts[], reference: Counts[]): Float64Array {
  return Float64Array.from(
    reference.flatMap((theirs, order) => {
      const own = output[order] as Counts;
      return [theirs.size > 0 ? sizeOf(own) : 0, sizeOf(theirs), sharedBy(own, theirs)];
    }),
  );
}

function sizeOf(counts: Counts): number {
  let size = 0;
  for (const count of counts.values()) size += count;
  return size;
}

/** Precision and recall are averaged over the orders that both texts have, and make one F score. */
function score(counts: Float64Array): number {
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let at = 0; at < counts.length; at += 3) {
    const [own, theirs, shared] = counts.subarray(at, at + 3) as unknown as [number, number, number];
    if (own === 0 || theirs === 0) continue;
    precision += shared / own;
    recall += shared / theirs;
    orders++;
  }
  if (precision + recall === 0) return 0;
  return (100 * (1 + recallWeight) * precision * recall) / orders / (recallWeight * precision + recall);
}
