import { normalBelow, studentQuantile } from './distributions.ts';
import type { Groups } from './groups.ts';
import { resamplerOf } from './random.ts';

export interface BootstrapOptions {
  /** How sure the interval is: 0.95. */
  level: number;
  resamples: number;
  seed: number;
}

/** What every interval and test uses where nobody says otherwise. */
export const usual: BootstrapOptions = { level: 0.95, resamples: 1000, seed: 20_240_711 };

/** The ends of an interval, and the standard deviation among resamples. */
export interface Bootstrapped {
  low: number;
  high: number;
  deviation: number;
}

/**
 * Efron's percentile bootstrap (1979) over two or more whole groups: the ends of the middle of what `statistic` is when groups are
 * drawn anew. The middle is `level` wide for many groups; for few it is wider by Hesterberg's expansion (2015, The American
 * Statistician 69), because a resample of few groups spreads less than they do. `statistic` gets how often each row counts, in an
 * array that it must not keep.
 */
export function bootstrap(
  groups: Groups,
  statistic: (weights: Int32Array) => number,
  { level, resamples, seed }: BootstrapOptions,
): Bootstrapped {
  const resampler = resamplerOf(groups, seed);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    resampler.next();
    values[resample] = statistic(resampler.weights);
  }
  values.sort();
  const { count } = groups;
  const tail = normalBelow(-studentQuantile((1 + level) / 2, count - 1) * Math.sqrt(count / (count - 1)));
  return {
    low: quantileOf(values, tail),
    high: quantileOf(values, 1 - tail),
    deviation: deviationOf(values),
  };
}

/** A quantile of ascending values, on the line between the two nearest (type 7 of Hyndman & Fan 1996, NumPy's default). */
function quantileOf(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)] as number;
  const above = ascending[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

/** The sample standard deviation of values. */
function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}
