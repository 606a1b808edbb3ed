import type { Measured } from '../metric.ts';
import { pooled } from '../pooled.ts';
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
export function wordErrorRate(rows: readonly ErrorRateRow[]): Measured {
  return errorRate(rows, 'wer', wordsOf, ({ edits, reference }) => edits / Math.max(reference, 1));
}

/** Character error rate as jiwer 4 has it: as `wordErrorRate`, by code points, with white space inside the text. */
export function characterErrorRate(rows: readonly ErrorRateRow[]): Measured {
  return errorRate(rows, 'cer', charactersOf, ({ edits, reference }) => edits / Math.max(reference, 1));
}

/**
 * Match error rate (Morris et al. 2004) as jiwer 4 has it: the share of edits among edits and words kept, from 0 to 1, 0 of no
 * rows. Above some two thousand words in a row jiwer may choose another of several alignments.
 */
export function matchErrorRate(rows: readonly ErrorRateRow[]): Measured {
  return errorRate(rows, 'mer', wordsOf, ({ edits, kept }) => edits / Math.max(edits + kept, 1));
}

/** Word information lost (Morris et al. 2004) as jiwer 4 has it, from 0 to 1, 0 of no rows: what is kept is a share of both texts. As for the alignment see `matchErrorRate`. */
export function wordInformationLost(rows: readonly ErrorRateRow[]): Measured {
  return errorRate(rows, 'wil', wordsOf, ({ kept, reference, output }) => {
    if (reference === 0 || output === 0) return reference === output ? 0 : 1;
    return 1 - (kept / reference) * (kept / output);
  });
}

function errorRate(
  rows: readonly ErrorRateRow[],
  name: string,
  unitsOf: (text: string) => string[],
  score: (counts: Counts) => number,
): Measured {
  const columns = 4;
  const counts = new Float64Array(rows.length * columns);
  rows.forEach((row, at) => {
    const reference = unitsOf(row.reference);
    const output = unitsOf(row.output);
    const { edits, kept } = editsBetween(reference, output);
    counts.set([edits, kept, reference.length, output.length], at * columns);
  });
  const scoreOf = (sums: Float64Array) => {
    const [edits, kept, reference, output] = sums as unknown as [number, number, number, number];
    return score({ edits, kept, reference, output });
  };
  const unit = unitsOf === charactersOf ? 'char' : 'word';
  return pooled(counts, columns, scoreOf, {
    better: 'lower',
    signature: `${name}|tok:${unit}|norm:no|version:parlance-1`,
  });
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
