import { ParlanceError } from '#contracts';
import { normalQuantile } from './distributions.ts';

export interface PowerOptions {
  /** How sure the test is: 0.95 for a two-sided test at 5 %. */
  level?: number;
  /** How often a real difference of that size is to be found. */
  power?: number;
}

/**
 * The smallest difference of two shares that McNemar's test finds on so many paired rows with the given power, when the
 * systems disagree on `disagreement` of them: the formula of Connor 1987 (Biometrics 43) solved for the difference. A
 * difference is never larger than the disagreement, so where so little disagreement shows nothing, it is the smallest
 * difference that brings enough of its own. At most 1.
 */
export function detectableShare(rows: number, disagreement: number, options: PowerOptions = {}): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (Math.sqrt(rows) * middle < neededFor(middle, disagreement, options)) low = middle;
    else high = middle;
  }
  return high;
}

/** How many paired rows show a difference of two shares, above 0, to McNemar's test (Connor 1987). Throws `invalid_input` for others. */
export function rowsForShare(difference: number, disagreement: number, options: PowerOptions = {}): number {
  mustBePositive(difference);
  return Math.ceil((neededFor(difference, disagreement, options) / difference) ** 2);
}

/** The smallest mean difference found on so many paired rows (or groups) whose differences have this standard deviation. */
export function detectableMean(rows: number, deviation: number, options: PowerOptions = {}): number {
  return rows > 0 ? detectableAt(deviation / Math.sqrt(rows), options) : Number.MAX_VALUE;
}

/** The smallest difference found when it is measured with this standard error. */
export function detectableAt(standardError: number, options: PowerOptions = {}): number {
  const { certain, often } = quantilesOf(options);
  return (certain + often) * standardError;
}

/** How many paired rows show a mean difference above 0. Throws `invalid_input` for others. */
export function rowsForMean(difference: number, deviation: number, options: PowerOptions = {}): number {
  mustBePositive(difference);
  return Math.ceil((detectableAt(deviation, options) / difference) ** 2);
}

function quantilesOf({ level = 0.95, power = 0.8 }: PowerOptions) {
  return { certain: normalQuantile((1 + level) / 2), often: normalQuantile(power) };
}

/** Connor's formula: the square root of the rows, times the difference. */
function neededFor(difference: number, disagreement: number, options: PowerOptions): number {
  const { certain, often } = quantilesOf(options);
  const discordant = Math.max(disagreement, difference);
  return certain * Math.sqrt(discordant) + often * Math.sqrt(discordant - difference ** 2);
}

function mustBePositive(difference: number): void {
  if (difference > 0) return;
  throw new ParlanceError('invalid_input', 'Ask for a difference above 0: no number of rows shows none.');
}
