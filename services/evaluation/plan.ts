import { detectableShare, rowsForShare, type Suite, samplesOf } from '#eval';
import { rowsOf } from './perform.ts';

/** What a suite will ask, and what it can show, before anything is asked. */
export interface Plan {
  rows: number;
  questions: number;
  /** The difference of a share that is found four times out of five where two runs disagree on a tenth of the rows; 0…1. */
  detectable: number;
  /** How many rows it would take to find one of two points. */
  rowsForTwoPoints: number;
}

const disagreement = 0.1;

/** Reads the rows of a suite to the end. Throws what reading them throws. */
export async function planOf(suite: Suite, folder: string): Promise<Plan> {
  let rows = 0;
  for await (const _ of samplesOf(rowsOf({ suite, folder }), suite.document)) rows++;
  return {
    rows,
    questions: rows * suite.document.repeats,
    detectable: detectableShare(rows, disagreement),
    rowsForTwoPoints: rowsForShare(0.02, disagreement),
  };
}
