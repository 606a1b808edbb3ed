import type { ConfusionMatrix } from '#contracts';
import { rawAgreement } from './agreement.ts';
import { usual } from './bootstrap.ts';
import { normalQuantile } from './distributions.ts';
import { type Figure, type Interval, wilson } from './interval.ts';
import { cohensKappa, crossed, type KappaWeights } from './kappa.ts';

/** How far a judge that is a model says what people say, on rows that both judged. */
export interface Calibration {
  /** What people said (row) and what the judge said (column). */
  matrix: ConfusionMatrix;
  agreement: Interval;
  kappa: Figure;
  /** Whether a gate may hang on this judge: κ of 0.6 and more, on 200 rows and more. */
  usable: boolean;
}

/** What a judge needs before a gate may hang on it. */
export const leastKappa = 0.6;
export const fewestLabels = 200;

/** Holds a judge against people. Labels in their order, for weighted κ. Throws `invalid_input` for a label that is not among them. */
export function calibrate(
  labels: readonly string[],
  people: readonly string[],
  judge: readonly string[],
  weights: KappaWeights = 'none',
): Calibration {
  const matrix = crossed(labels, people, judge);
  const kappa = cohensKappa(matrix, weights);
  const usable = kappa.value >= leastKappa && people.length >= fewestLabels;
  return { matrix, agreement: rawAgreement(people, judge), kappa, usable };
}

/**
 * How often people would say `label` where the judge says it `hits` times on `rows` other rows: the estimate of Rogan & Gladen
 * 1978 from how often the judge is right when people say it and when they do not. The interval of Lang & Reiczigel 2014
 * (Preventive Veterinary Medicine 113) counts in that both were measured on few rows. A judge that is no better than chance
 * corrects nothing: the rate stands, anywhere in 0…1. Shares are from 0 to 1.
 */
export function correctedRate(
  { labels, counts }: ConfusionMatrix,
  label: string,
  { hits, rows }: { hits: number; rows: number },
  level = usual.level,
): Figure {
  const place = labels.indexOf(label);
  const judged = wilson(hits, rows, level);
  const column = counts.map((row) => row[place] ?? 0);
  const said = (counts[place] ?? []).reduce((sum, count) => sum + count, 0);
  const unsaid = counts.flat().reduce((sum, count) => sum + count, 0) - said;
  const found = column[place] ?? 0;
  const spared = unsaid - (column.reduce((sum, count) => sum + count, 0) - found);
  const power = said > 0 && unsaid > 0 ? found / said + spared / unsaid - 1 : 0;
  if (power <= 0 || rows === 0) return { value: judged.value, low: 0, high: 1, rows };

  const z = normalQuantile((1 + level) / 2);
  const rate = adjusted(hits, rows, z ** 2 / 2);
  const sensitivity = adjusted(found, said, 1);
  const specificity = adjusted(spared, unsaid, 1);
  const scale = sensitivity.share + specificity.share - 1;
  if (scale <= 0) return { value: judged.value, low: 0, high: 1, rows };
  const share = (rate.share + specificity.share - 1) / scale;
  const shift = 2 * z ** 2 * (share * sensitivity.variance - (1 - share) * specificity.variance);
  const variance =
    rate.variance + share ** 2 * sensitivity.variance + (1 - share) ** 2 * specificity.variance;
  const spread = (z * Math.sqrt(variance)) / scale;
  return {
    value: within((judged.value + spared / unsaid - 1) / power),
    low: within(share + shift - spread),
    high: within(share + shift + spread),
    rows,
  };
}

/** A share with so many hits and as many misses added, and its variance. */
function adjusted(hits: number, rows: number, added: number) {
  const share = (hits + added) / (rows + 2 * added);
  return { share, variance: (share * (1 - share)) / (rows + 2 * added) };
}

const within = (share: number) => Math.min(1, Math.max(0, share));

/** Which of two systems a judge prefers. */
export type Preference = 'a' | 'b' | 'tie';

/** A judge that saw every pair of answers in both orders. */
export interface OrderSwap {
  /** What it said both times; a tie where it changed its mind. */
  verdicts: Preference[];
  /** How often it said the same. */
  consistency: Interval;
  /** How often it preferred whichever answer came first, and whichever came second. */
  firstPlace: number;
  secondPlace: number;
}

/** Puts the verdicts together that were given with `a` shown first and with `b` shown first, on the same rows (Zheng et al. 2023, arXiv 2306.05685). */
export function bothOrders(aFirst: readonly Preference[], bFirst: readonly Preference[]): OrderSwap {
  const places = (one: Preference, other: Preference) =>
    aFirst.filter((verdict, row) => verdict === one && bFirst[row] === other).length;
  return {
    verdicts: aFirst.map((verdict, row) => (verdict === bFirst[row] ? verdict : 'tie')),
    consistency: rawAgreement(aFirst, bFirst),
    firstPlace: places('a', 'b'),
    secondPlace: places('b', 'a'),
  };
}
