import { type CountedMetric, measureRows } from '../counted.ts';
import type { Measured } from '../metric.ts';
import { inOne, pooled } from '../pooled.ts';
import { referencesOf, type TextRow, withReferences } from '../text/row.ts';
import { EditTable } from './edit-table.ts';
import { bestShift } from './shift.ts';
import { type TerOptions, terWords } from './words.ts';

/** After so many shifts tried for one pair of texts the search ends, without the last of them: sacreBLEU's limit. */
const mostTried = 1000;

/**
 * Translation edit rate (Snover et al. 2006): words inserted, deleted, replaced, and runs of them shifted, for each 100 words of
 * the reference; above 100 when there are more. To the digits of sacreBLEU 2.6, with its greedy search. Of several references
 * the one counts that needs fewest edits, by their average length. Without a word in any reference, as of no rows, it is 100
 * when there is something to delete and otherwise 0. Throws `invalid_input` when a row has no reference.
 */
export const ter = (rows: readonly TextRow[], options?: TerOptions): Measured =>
  measureRows(terMetric(options), withReferences(rows));

/** The same in two steps. What a row counts for is how many references it has, the edits and the words of a reference. */
export function terMetric(options: TerOptions = {}): CountedMetric<TextRow> {
  const yes = (flag?: boolean) => (flag ? 'yes' : 'no');
  const signatureOf = (references: string) =>
    [
      'ter',
      `nrefs:${references}`,
      `case:${options.caseSensitive ? 'mixed' : 'lc'}`,
      'tok:tercom',
      `norm:${yes(options.normalized)}`,
      `punct:${yes(!options.withoutPunctuation)}`,
      'asian:no',
      'version:parlance-1',
    ].join('|');
  return {
    count({ output, references }) {
      const said = terWords(output, options);
      // sacreBLEU cuts references twice, which is not always the same as once.
      const right = references.map((text) => terWords(terWords(text, options).join(' '), options));
      return [
        references.length,
        Math.min(...right.map((words) => edits(...numbered(said, words)))),
        right.reduce((sum, { length }) => sum + length, 0) / right.length,
      ];
    },
    measure: (rows) =>
      pooled(inOne(rows, 2, 1), 2, score, {
        better: 'lower',
        signature: signatureOf(referencesOf(rows)),
      }),
  };
}

function score(counts: Float64Array): number {
  const [edits, referenceLength] = counts as unknown as [number, number];
  if (referenceLength > 0) return (100 * edits) / referenceLength;
  return edits > 0 ? 100 : 0;
}

/** Shifts as long as one saves edits, and counts these and what is left to edit. */
function edits(output: Int32Array, reference: Int32Array): number {
  if (reference.length === 0) return output.length;
  const table = new EditTable(reference, output.length);
  let shifted = output;
  let left = mostTried;
  for (let shifts = 0; ; shifts++) {
    const { best, tried } = bestShift(shifted, reference, table, left);
    left -= tried;
    if (!best || best.gain <= 0 || left <= 0) return shifts + table.distance(shifted);
    shifted = best.output;
  }
}

/** Both with a number in place of each word. */
function numbered(one: string[], other: string[]): [Int32Array, Int32Array] {
  const numbers = new Map([...one, ...other].map((word, number) => [word, number]));
  const of = (words: string[]) => Int32Array.from(words, (word) => numbers.get(word) as number);
  return [of(one), of(other)];
}
