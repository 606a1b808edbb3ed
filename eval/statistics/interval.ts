import type { Measurement } from '#contracts';
import type { Measured } from '../metrics/metric.ts';
import { type BootstrapOptions, bootstrap, usual } from './bootstrap.ts';
import { normalQuantile, studentQuantile } from './distributions.ts';
import { type Groups, sumsOf } from './groups.ts';

/** A figure, and the interval that holds the true one as often as the level says. */
export interface Figure {
  value: number;
  low: number;
  high: number;
  /** Of how many rows. */
  rows: number;
}

/** A figure of a metric, and how its interval came about. */
export interface Interval extends Figure {
  method: Measurement['method'];
}

/** The ends where nothing can be said: as far apart as JSON can write. A report shows no interval for the method `none`. */
export const anything = { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };

/**
 * The interval of a metric, by the best method that there is for it: Wilson for a mean of independent zeros and ones, Student's t
 * for other means (by groups where rows are not independent), else the bootstrap over groups. Rows that say nothing about the
 * spread, which are none, one value that is neither 0 nor 1, or one group, get `anything` by the method `none`. Where all resamples
 * are alike, as for a perfect F1, the lower end allows for other groups that score nothing, as often as Wilson allows for zeros.
 */
export function intervalOf(
  measured: Measured,
  groups: Groups,
  options: Partial<BootstrapOptions> = {},
): Interval {
  const settings = { ...usual, ...options };
  const { rows } = measured;
  if (rows > 0 && measured.mean) return meanInterval(measured.each, groups, settings.level);
  if (groups.count < 2) return { value: measured.of(), ...anything, rows, method: 'none' };
  const value = measured.of();
  const { low, high, deviation } = bootstrap(groups, measured.of, settings);
  const alike = measured.better === 'higher' && deviation <= 1e-12 * Math.abs(value);
  const lowest = alike ? value * wilson(groups.count, groups.count, settings.level).low : low;
  return { value, low: lowest, high, rows, method: 'bootstrap' };
}

/** A share of rows with the interval of Wilson 1927, which holds for few rows and near 0 and 1. Of nothing it is 0, anywhere in 0…1. */
export function wilson(hits: number, rows: number, level = usual.level): Interval {
  if (rows === 0) return { value: 0, low: 0, high: 1, rows, method: 'wilson' };
  const z = normalQuantile((1 + level) / 2);
  const value = hits / rows;
  const scale = 1 + z ** 2 / rows;
  const centre = (value + z ** 2 / (2 * rows)) / scale;
  const spread = (z / scale) * Math.sqrt((value * (1 - value)) / rows + z ** 2 / (4 * rows ** 2));
  return {
    value,
    low: hits === 0 ? 0 : centre - spread,
    high: hits === rows ? 1 : centre + spread,
    rows,
    method: 'wilson',
  };
}

/**
 * The mean of one or more values. Zeros and ones of independent rows get Wilson's interval, all else Student's t with the
 * cluster-robust standard error of Miller 2024 (arXiv 2411.00640), corrected by groups / (groups − 1) as Stata and statsmodels do,
 * and groups − 1 degrees of freedom; with every row its own group that is the textbook interval.
 *
 * Zeros and ones in groups that are all alike, or in one group, have no spread to be measured. There each group counts as one
 * row for Wilson: a group's mean cannot spread more than a single zero or one does.
 */
export function meanInterval(each: Float64Array, groups: Groups, level = usual.level): Interval {
  const rows = each.length;
  const total = each.reduce((sum, value) => sum + value, 0);
  const value = total / rows;
  const binary = each.every((one) => one === 0 || one === 1);
  if (binary && groups.alone) return wilson(total, rows, level);
  const sums = sumsOf(groups, (row) => (each[row] as number) - value);
  const squares = sums.reduce((sum, each) => sum + each ** 2, 0);
  const alike = squares < 1e-18 * rows;
  if (binary && (groups.count < 2 || alike)) {
    return { ...wilson(value * groups.count, groups.count, level), value, rows };
  }
  if (groups.count < 2) return { value, ...anything, rows, method: 'none' };
  const error = Math.sqrt((squares * groups.count) / (groups.count - 1)) / rows;
  const spread = studentQuantile((1 + level) / 2, groups.count - 1) * error;
  return {
    value,
    low: binary ? Math.max(0, value - spread) : value - spread,
    high: binary ? Math.min(1, value + spread) : value + spread,
    rows,
    method: groups.alone ? 't' : 'clustered-t',
  };
}
