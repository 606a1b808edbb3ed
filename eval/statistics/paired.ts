import { ParlanceError } from '#contracts';
import type { Measured } from '../metrics/metric.ts';
import { type BootstrapOptions, type Bootstrapped, bootstrap, usual } from './bootstrap.ts';
import { type Groups, sumsOf } from './groups.ts';
import { coinsOf } from './random.ts';

/**
 * One metric of two systems on the same rows. `both` is the metric over the rows of `a` and then the same rows of `b`: weights
 * of 0 and 1 on those give the exact value of a system that answered some rows as `a` did and the others as `b` did, for every
 * metric, without the metric knowing of it.
 */
export interface Pair {
  a: Measured;
  b: Measured;
  both: Measured;
}

/** A pair from what each system has for each row, in the same order. Throws `invalid_input` when the numbers of rows differ. */
export function pairOf<E>(a: readonly E[], b: readonly E[], measure: (evidence: E[]) => Measured): Pair {
  if (a.length !== b.length) {
    const detail = `One system has ${a.length} rows and the other ${b.length}: compare the rows that both have.`;
    throw new ParlanceError('invalid_input', detail);
  }
  return { a: measure([...a]), b: measure([...b]), both: measure([...a, ...b]) };
}

/** The paired bootstrap interval of the difference a − b: both systems on the same resamples (Koehn 2004). */
export function differenceInterval({ a, b }: Pair, groups: Groups, options: BootstrapOptions): Bootstrapped {
  return bootstrap(groups, (weights) => a.of(weights) - b.of(weights), options);
}

export interface RandomizationOptions {
  /** How often rows are swapped: 10,000 for a mean and 1,000 for others, which need two passes over all rows for each. */
  swaps?: number;
  seed?: number;
}

/**
 * Approximate randomization (Noreen 1989; Riezler & Maxwell 2005), two-sided: if the systems are alike, who gave which answer
 * does not matter. In each of `swaps` trials the answers of every group change owners with probability ½; p is the share of
 * trials, the real one among them, whose difference is at least as large. So p is never below 1 / (swaps + 1).
 */
export function randomization(pair: Pair, groups: Groups, options: RandomizationOptions = {}): number {
  const seed = options.seed ?? usual.seed;
  const trials = pair.a.mean ? meanTrials(pair, groups, seed) : anyTrials(pair, groups, seed);
  const swaps = options.swaps ?? (pair.a.mean ? 10_000 : 1000);
  let extreme = 0;
  for (let swap = 0; swap < swaps; swap++) if (trials.swapped() >= trials.observed) extreme++;
  return (extreme + 1) / (swaps + 1);
}

/** The size of the real difference, short of rounding, and that of one after random swaps. */
interface Trials {
  observed: number;
  swapped(): number;
}

const roundingError = 1e-12;

/** For a mean, swapping a group turns the sign of its sum of differences; groups without difference do not matter. */
function meanTrials({ a, b }: Pair, groups: Groups, seed: number): Trials {
  const sums = sumsOf(groups, (row) => (a.each[row] as number) - (b.each[row] as number)).filter(Boolean);
  const { coins, next } = coinsOf(sums.length, seed);
  const size = sums.reduce((total, sum) => total + Math.abs(sum), 0);
  const observed = Math.abs(sums.reduce((total, sum) => total + sum, 0));
  return {
    observed: observed - roundingError * size,
    swapped() {
      next();
      let total = 0;
      for (let group = 0; group < sums.length; group++) {
        total += (sums[group] as number) * (1 - 2 * (coins[group] as number));
      }
      return Math.abs(total);
    },
  };
}

/** For every other metric, both mixed systems are measured among the rows of both. */
function anyTrials({ a, b, both }: Pair, groups: Groups, seed: number): Trials {
  const { rows } = a;
  const { coins, next } = coinsOf(groups.count, seed);
  const ours = new Int32Array(2 * rows);
  const theirs = new Int32Array(2 * rows);
  const [ofA, ofB] = [a.of(), b.of()];
  const larger = Math.max(Math.abs(ofA), Math.abs(ofB));
  const size = both.each.reduce((largest, each) => Math.max(largest, Math.abs(each)), larger);
  return {
    observed: Math.abs(ofA - ofB) - roundingError * size,
    swapped() {
      next();
      for (let row = 0; row < rows; row++) {
        const swap = coins[groups.of[row] as number] as number;
        ours[row] = theirs[rows + row] = 1 - swap;
        theirs[row] = ours[rows + row] = swap;
      }
      return Math.abs(both.of(ours) - both.of(theirs));
    },
  };
}
