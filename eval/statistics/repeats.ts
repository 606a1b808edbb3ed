import { ParlanceError } from '#contracts';
import { type Measured, meanOf } from '../metrics/metric.ts';

/** One case that was tried several times. */
export interface Tries {
  passed: number;
  tried: number;
}

/**
 * pass@k: how likely at least one of k tries passes, as a mean over cases, each by the unbiased estimator
 * 1 − C(n − c, k) / C(n, k) of Chen et al. 2021 (arXiv 2107.03374). Throws `invalid_input` for a case tried less than k times.
 */
export function passAtK(cases: readonly Tries[], k: number): Measured {
  const chances = cases.map(({ passed, tried }) => 1 - allAmong(tried - passed, tried, k));
  return meanOf(Float64Array.from(chances), 'higher', `metric:pass@${k}|version:1`);
}

/**
 * pass^k: how likely all of k tries pass, as a mean over cases, each by C(c, k) / C(n, k) of Yao et al. 2024 (τ-bench, arXiv
 * 2406.12045). Throws `invalid_input` for a case tried less than k times.
 */
export function passEveryK(cases: readonly Tries[], k: number): Measured {
  const chances = cases.map(({ passed, tried }) => allAmong(passed, tried, k));
  return meanOf(Float64Array.from(chances), 'higher', `metric:pass^${k}|version:1`);
}

/** How likely k draws without replacement, out of `all`, are all among `some` of them. */
function allAmong(some: number, all: number, k: number): number {
  if (!Number.isInteger(k) || k < 1 || k > all) {
    const detail = `A case was tried ${all} times, so k must be a whole number from 1 to ${all}; it is ${k}.`;
    throw new ParlanceError('invalid_input', detail);
  }
  let chance = 1;
  for (let draw = 0; draw < k; draw++) chance *= Math.max(0, some - draw) / (all - draw);
  return chance;
}
