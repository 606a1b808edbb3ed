import { countLabels, type Labelled, labelPlaces, rightRows } from './labelled.ts';
import { type Measured, meanOf } from './metric.ts';

/** The share of rows that were answered with the expected label, 0…1. */
export const accuracy = (rows: readonly Labelled[]): Measured =>
  meanOf(rightRows(rows), 'higher', 'accuracy|version:parlance-1');

export interface AverageOptions {
  /** Over all decisions; over labels, each alike (the default); or over labels by how often each was expected. */
  average?: 'micro' | 'macro' | 'weighted';
  /** Which labels count. Without them: all that the weighted rows expect or predict. */
  labels?: readonly string[];
}

/**
 * Of what was answered with a label, the share that is right, 0…1; a label that was never answered has 0. Averaged as scikit-learn's
 * `precision_score(…, zero_division=0)` does it. `each` is 1 for right rows, and `parts` has the figure of each label.
 */
export const precision = (rows: readonly Labelled[], options: AverageOptions = {}): Measured =>
  averaged('precision', rows, options, (right, _expected, predicted) => share(right, predicted));

/** Of what a label was expected for, the share that got it, 0…1: scikit-learn's `recall_score`, otherwise as `precision`. */
export const recall = (rows: readonly Labelled[], options: AverageOptions = {}): Measured =>
  averaged('recall', rows, options, (right, expected) => share(right, expected));

/** The harmonic mean of a label's precision and recall, 0…1: scikit-learn's `f1_score`, otherwise as `precision`. */
export const f1 = (rows: readonly Labelled[], options: AverageOptions = {}): Measured =>
  averaged('f1', rows, options, (right, expected, predicted) => share(2 * right, expected + predicted));

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

function averaged(
  name: string,
  rows: readonly Labelled[],
  { average = 'macro', labels }: AverageOptions,
  figure: (right: number, expected: number, predicted: number) => number,
): Measured {
  const places = labelPlaces(rows, labels);
  const of = (weights?: ArrayLike<number>) => {
    const counts = countLabels(places, weights);
    const all = { right: 0, expected: 0, predicted: 0 };
    let sum = 0;
    let whole = 0;
    for (let at = 0; at < places.labels.length; at++) {
      const right = counts.right[at] as number;
      const expected = counts.expected[at] as number;
      const predicted = counts.predicted[at] as number;
      // A resample may lose a rare label; unless it was asked for by name it must not count as one that was missed.
      if (!labels && expected + predicted === 0) continue;
      const weight = average === 'weighted' ? expected : 1;
      sum += weight * figure(right, expected, predicted);
      whole += weight;
      all.right += right;
      all.expected += expected;
      all.predicted += predicted;
    }
    return average === 'micro' ? figure(all.right, all.expected, all.predicted) : share(sum, whole);
  };
  const part = (at: number) => (weights?: ArrayLike<number>) => {
    const { right, expected, predicted } = countLabels(places, weights);
    return figure(right[at] as number, expected[at] as number, predicted[at] as number);
  };
  return {
    rows: rows.length,
    each: rightRows(rows),
    of,
    mean: false,
    better: 'higher',
    signature: `${name}|average:${average}|labels:${labels?.join(',') ?? 'all'}|version:parlance-1`,
    parts: Object.fromEntries(places.labels.map((label, at) => [label, part(at)])),
  };
}
