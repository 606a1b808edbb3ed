import { usual } from './bootstrap.ts';
import { fairCoinAtMost, normalQuantile } from './distributions.ts';

/** Two systems that were right or wrong on the same rows: only the rows where one was right and the other wrong tell. */
export interface Discordance {
  /** Rows that only the first had right. */
  first: number;
  /** Rows that only the second had right. */
  second: number;
  /** All rows. */
  rows: number;
}

/**
 * McNemar's test (1947), exact and two-sided: how likely such a split of the discordant rows, or a less even one, is when
 * either system wins each of them with probability ½. `midP` counts the split itself by half (Fagerland, Lydersen & Laake 2013),
 * which is less strict and still rarely above its level. Without discordant rows p is 1.
 */
export function mcnemar({ first, second }: Discordance, { midP = false } = {}): number {
  const discordant = first + second;
  const fewer = Math.min(first, second);
  const atMost = fairCoinAtMost(fewer, discordant);
  if (!midP) return Math.min(1, 2 * atMost);
  const fewerStill = fewer === 0 ? 0 : fairCoinAtMost(fewer - 1, discordant);
  return discordant === 0 ? 1 : atMost + fewerStill;
}

/**
 * The score interval of Tango 1998 (Statistics in Medicine 17) for the difference of two shares on the same rows, first minus
 * second. At a difference of 0 its statistic is McNemar's own, so that test and interval hardly ever disagree, and it keeps a
 * width without any discordant row. Of no rows it is −1…1.
 */
export function tango(discordance: Discordance, level = usual.level): { low: number; high: number } {
  const { first, second, rows } = discordance;
  if (rows === 0) return { low: -1, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const difference = (first - second) / rows;
  return {
    low: crossing(-1, difference, (delta) => scoreOf(discordance, delta) > z),
    high: crossing(difference, 1, (delta) => scoreOf(discordance, delta) > -z),
  };
}

/** By how many standard errors the rows lie above a true difference `delta`, the errors as likely as such a difference allows. */
function scoreOf({ first, second, rows }: Discordance, delta: number): number {
  const linear = (2 * rows - first + second) * delta - first - second;
  const constant = -second * delta * (1 - delta);
  const secondOnly = (Math.sqrt(Math.max(0, linear ** 2 - 8 * rows * constant)) - linear) / (4 * rows);
  const variance = rows * (2 * secondOnly + delta * (1 - delta));
  const above = first - second - rows * delta;
  if (variance > 1e-12) return above / Math.sqrt(variance);
  return above === 0 ? 0 : Math.sign(above) * Number.MAX_VALUE;
}

/** Where `holds` turns from true to false between two numbers, to the last bit that counts. */
function crossing(from: number, to: number, holds: (at: number) => boolean): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
