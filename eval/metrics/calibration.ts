import { ParlanceError } from '#contracts';
import { type Measured, meanOf } from './metric.ts';

/** How sure an answer was, 0…1, and whether it was right. A missing answer is `{ confidence: 1, right: false }`: sure and wrong. */
export interface Confident {
  confidence: number;
  right: boolean;
}

/**
 * Expected calibration error, 0…1 (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017): the mean distance between confidence and
 * share of right answers in `bins` bins of equal width, 15 unless said, each counted by its rows. A bin has its upper edge, the first
 * one both. Of no rows it is 0. Throws `invalid_input` for a confidence outside 0…1 or less than one bin.
 */
export function calibrationError(
  rows: readonly Confident[],
  { bins = 15 }: { bins?: number } = {},
): Measured {
  if (!Number.isInteger(bins) || bins < 1)
    throw new ParlanceError('invalid_input', `${bins} bins cannot be made: give a whole number from 1.`);
  const confidence = Float64Array.from(rows, (row) => probability(row.confidence));
  const right = Uint8Array.from(rows, (row) => Number(row.right));
  const binOf = Int32Array.from(confidence, (value) => Math.max(0, Math.ceil(value * bins) - 1));
  return {
    rows: rows.length,
    each: confidence.map((value, row) => Math.abs(value - (right[row] as number))),
    mean: false,
    better: 'lower',
    signature: `ece|bins:${bins}|width:equal|version:parlance-1`,
    of(weights) {
      const gaps = new Float64Array(bins);
      let count = 0;
      for (let row = 0; row < confidence.length; row++) {
        const weight = weights ? (weights[row] as number) : 1;
        const bin = binOf[row] as number;
        gaps[bin] = (gaps[bin] as number) + weight * ((confidence[row] as number) - (right[row] as number));
        count += weight;
      }
      return count > 0 ? gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count : 0;
    },
  };
}

/**
 * Brier 1950 for a yes-or-no question, 0…1: the mean square of what the probability of yes was off by, as scikit-learn's
 * `brier_score_loss`. No probability is the one furthest off. Throws `invalid_input` for one outside 0…1.
 */
export const brier = (rows: readonly { positive: boolean; probability: number | null }[]): Measured =>
  meanOf(
    Float64Array.from(rows, (row) =>
      row.probability === null ? 1 : (probability(row.probability) - Number(row.positive)) ** 2,
    ),
    'lower',
    'brier|labels:2|scale:1|version:parlance-1',
  );

/** One row of a classification with the probability of each label. A label that is not named has 0; null is no answer. */
export interface LabelProbabilities {
  expected: string;
  probabilities: Readonly<Record<string, number>> | null;
}

/**
 * Brier 1950 over labels, 0…2: the squares of what all probabilities were off by, summed in a row, as scikit-learn's
 * `brier_score_loss(…, scale_by_half=False)`. No answer counts 2, as one that was sure of a wrong label. Throws `invalid_input` for a
 * probability outside 0…1.
 */
export const brierOverLabels = (rows: readonly LabelProbabilities[]): Measured =>
  meanOf(
    Float64Array.from(rows, ({ expected, probabilities }) => {
      if (probabilities === null) return 2;
      const ofExpected = probabilityOf(expected, probabilities);
      const squares = Object.values(probabilities).reduce((sum, value) => sum + probability(value) ** 2, 0);
      return squares - ofExpected ** 2 + (1 - ofExpected) ** 2;
    }),
    'lower',
    'brier|labels:all|scale:2|version:parlance-1',
  );

/**
 * The mean of −ln of the probability of the expected label, as scikit-learn's `log_loss`: probabilities are cut to ε…1−ε with ε = 2⁻⁵²,
 * so that no row counts more than 36.04. No answer counts that much. Throws `invalid_input` for a probability outside 0…1.
 */
export const logLoss = (rows: readonly LabelProbabilities[]): Measured =>
  meanOf(
    Float64Array.from(rows, ({ expected, probabilities }) => {
      const value = probabilities === null ? 0 : probabilityOf(expected, probabilities);
      return -Math.log(Math.min(Math.max(value, Number.EPSILON), 1 - Number.EPSILON));
    }),
    'lower',
    'log-loss|clip:2^-52|version:parlance-1',
  );

const probabilityOf = (label: string, probabilities: Readonly<Record<string, number>>) =>
  Object.hasOwn(probabilities, label) ? probability(probabilities[label] as number) : 0;

function probability(value: number): number {
  if (!(value >= 0 && value <= 1))
    throw new ParlanceError('invalid_input', `${value} is no probability: give one from 0 to 1.`);
  return value;
}
