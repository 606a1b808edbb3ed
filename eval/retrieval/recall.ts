import { type Proportion, proportion } from '../metrics/proportion.ts';

/** What one question found, best first, and what it should have. */
export interface Ranked {
  found: string[];
  expected: string;
}

/** The place of what was expected among the distinct things found, from 1; infinite when it is not there. */
export function placeOf({ found, expected }: Ranked): number {
  const place = [...new Set(found)].indexOf(expected);
  return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
}

/** The share of questions whose expected thing is among the first `places`. */
export function recallAt(places: number, questions: Ranked[]): Proportion {
  return proportion(questions.filter((each) => placeOf(each) <= places).length, questions.length);
}
