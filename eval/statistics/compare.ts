import type { MetricComparison } from '#contracts';
import { type BootstrapOptions, usual } from './bootstrap.ts';
import type { Groups } from './groups.ts';
import { anything } from './interval.ts';
import { mcnemar, tango } from './mcnemar.ts';
import { differenceInterval, type Pair, randomization } from './paired.ts';
import { detectableAt, detectableShare } from './power.ts';
import { type Wording, wordsOf } from './words.ts';

/** How `a` is to `b`. The difference and its interval are a gain: above 0 `a` is better, also where lower figures are better. */
export type Comparison = Omit<MetricComparison, 'metric' | 'slice'>;

export interface CompareOptions extends Partial<BootstrapOptions>, Wording {
  swaps?: number;
}

/** What was measured, before anyone says what it means. */
export interface Evidence extends Omit<Comparison, 'p' | 'verdict' | 'words'> {
  p: number;
  groups: number;
}

/**
 * Two systems on the same rows: is `a` better than `b`? Zeros and ones of independent rows: the exact McNemar test decides, with
 * Tango's interval. All else: the paired bootstrap interval and approximate randomization must agree. What does not clearly
 * go one way is inconclusive, with the difference that such a set would show.
 */
export function compare(pair: Pair, groups: Groups, options: CompareOptions = {}): Comparison {
  const evidence = evidenceOf(pair, groups, options);
  return decided(evidence, evidence.p, options);
}

/** The measured difference, its interval and p, without a verdict. */
export function evidenceOf(given: Pair, groups: Groups, options: CompareOptions): Evidence {
  const settings = { ...usual, ...options };
  const pair = given.a.better === 'higher' ? given : { ...given, a: given.b, b: given.a };
  const { a, b, both } = pair;
  const binary = a.mean && groups.alone && both.each.every((one) => one === 0 || one === 1);
  const measured = binary ? byMcNemar(pair, settings.level) : byResampling(pair, groups, settings);
  const changed = a.each.reduce((count, value, row) => count + Number(value !== b.each[row]), 0);
  return { difference: a.of() - b.of(), ...measured, rows: a.rows, changed, groups: groups.count };
}

/** The verdict and its words: p, which may be adjusted for many tests, and the interval must both tell the systems apart. */
export function decided(evidence: Evidence, tested: number | null, options: CompareOptions): Comparison {
  const { groups, ...measured } = evidence;
  const p = options.untested ? null : tested;
  const significant = p !== null && p < 1 - (options.level ?? usual.level);
  const better = significant && evidence.low > 0;
  const worse = significant && evidence.high < 0;
  const verdict = better ? 'better' : worse ? 'worse' : 'inconclusive';
  return { ...measured, p, verdict, words: wordsOf({ ...measured, p, verdict }, groups, options) };
}

function byMcNemar({ a, b }: Pair, level: number) {
  let first = 0;
  let second = 0;
  for (let row = 0; row < a.rows; row++) {
    const difference = (a.each[row] as number) - (b.each[row] as number);
    if (difference > 0) first++;
    if (difference < 0) second++;
  }
  const discordance = { first, second, rows: a.rows };
  const disagreement = a.rows > 0 ? (first + second) / a.rows : 0;
  return {
    ...tango(discordance, level),
    p: mcnemar(discordance),
    method: 'exact McNemar test, Tango interval',
    detectable: detectableShare(a.rows, disagreement, { level }),
  };
}

function byResampling(pair: Pair, groups: Groups, settings: BootstrapOptions & { swaps?: number }) {
  const method = 'paired bootstrap and approximate randomization';
  if (groups.count < 2) return { ...anything, p: 1, method, detectable: Number.MAX_VALUE };
  const { low, high, deviation } = differenceInterval(pair, groups, settings);
  // Rows that all differ alike, or not at all, say nothing about what another set would show.
  const detectable = deviation > 0 ? detectableAt(deviation, settings) : Number.MAX_VALUE;
  return { low, high, p: randomization(pair, groups, settings), method, detectable };
}
