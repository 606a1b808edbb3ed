import { type CountedMetric, measureRows } from '../counted.ts';
import type { Measured } from '../metric.ts';
import { inOne, pooled } from '../pooled.ts';
import { withoutOuterSpace, withSingleSpaces } from '../text/white-space.ts';
import { editsBetween } from './edits.ts';

export interface ErrorRateRow {
  output: string;
  reference: string;
}

/** What is counted of rows: the fewest edits, the units that they keep, and the units of each text. */
interface Counts {
  edits: number;
  kept: number;
  reference: number;
  output: number;
}

/**
 * Word error rate as jiwer 4 has it: edits by words of the references, above 1 when there are more, 0 of no rows. Nothing is
 * normalized: case and punctuation count. Where no reference has a word it is the number of words written, not a share of
 * anything.
 */
export const wordErrorRate = (rows: readonly ErrorRateRow[]): Measured => measureRows(wordErrors, rows);
/** The same in two steps. */
export const wordErrors = errorRate('wer', wordsOf, byReference);

/** Character error rate as jiwer 4 has it: as `wordErrorRate`, by code points, with white space inside the text. */
export const characterErrorRate = (rows: readonly ErrorRateRow[]): Measured =>
  measureRows(characterErrors, rows);
/** The same in two steps. */
export const characterErrors = errorRate('cer', charactersOf, byReference);

/**
 * Match error rate (Morris et al. 2004) as jiwer 4 has it: the share of edits among edits and words kept, from 0 to 1, 0 of no
 * rows. Above some two thousand words in a row jiwer may choose another of several alignments.
 */
export const matchErrorRate = (rows: readonly ErrorRateRow[]): Measured => measureRows(matchErrors, rows);
const matchErrors = errorRate('mer', wordsOf, ({ edits, kept }) => edits / Math.max(edits + kept, 1));

/** Word information lost (Morris et al. 2004) as jiwer 4 has it, from 0 to 1, 0 of no rows: what is kept is a share of both texts. As for the alignment see `matchErrorRate`. */
export const wordInformationLost = (rows: readonly ErrorRateRow[]): Measured =>
  measureRows(informationLost, rows);
const informationLost = errorRate('wil', wordsOf, ({ kept, reference, output }) => {
  if (reference === 0 || output === 0) return reference === output ? 0 : 1;
  return 1 - (kept / reference) * (kept / output);
});

function byReference({ edits, reference }: Counts): number {
  return edits / Math.max(reference, 1);
}

function errorRate(
  name: string,
  unitsOf: (text: string) => string[],
  score: (counts: Counts) => number,
): CountedMetric<ErrorRateRow> {
  const scoreOf = (sums: Float64Array) => {
    const [edits, kept, reference, output] = sums as unknown as [number, number, number, number];
    return score({ edits, kept, reference, output });
  };
  const unit = unitsOf === charactersOf ? 'char' : 'word';
  return {
    count(row) {
      const reference = unitsOf(row.reference);
      const output = unitsOf(row.output);
      const { edits, kept } = editsBetween(reference, output);
      return [edits, kept, reference.length, output.length];
    },
    measure: (rows) =>
      pooled(inOne(rows, 4), 4, scoreOf, {
        better: 'lower',
        signature: `${name}|tok:${unit}|norm:no|version:parlance-1`,
      }),
  };
}

/** jiwer cuts at blanks: a single tab or line break does not part words. */
function wordsOf(text: string): string[] {
  return withoutOuterSpace(withSingleSpaces(text))
    .split(' ')
    .filter((word) => word !== '');
}

function charactersOf(text: string): string[] {
  return Array.from(withoutOuterSpace(text));
}
