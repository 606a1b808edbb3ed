import { countLabels, type Labelled, labelPlaces, rightRows } from './labelled.ts';
import type { Measured } from './metric.ts';

/**
 * Matthews' correlation of expected and predicted labels, −1…1, for any number of labels (Gorodkin 2004, "Comparing two K-category
 * assignments by a K-category correlation coefficient"), as scikit-learn's `matthews_corrcoef`: 0 where either side is always the
 * same. In Gorodkin's terms a row without an answer is a vector of zeros.
 */
export function matthews(rows: readonly Labelled[]): Measured {
  const places = labelPlaces(rows);
  return {
    rows: rows.length,
    each: rightRows(rows),
    mean: false,
    better: 'higher',
    signature: 'mcc|version:parlance-1',
    of(weights) {
      const { rows: total, expected, predicted, right } = countLabels(places, weights);
      let hits = 0;
      let chance = 0;
      let expectedSquares = 0;
      let predictedSquares = 0;
      let answered = 0;
      for (let at = 0; at < right.length; at++) {
        hits += right[at] as number;
        answered += predicted[at] as number;
        chance += (expected[at] as number) * (predicted[at] as number);
        expectedSquares += (expected[at] as number) ** 2;
        predictedSquares += (predicted[at] as number) ** 2;
      }
      const spread = (total ** 2 - expectedSquares) * (total * answered - predictedSquares);
      return spread > 0 ? (total * hits - chance) / Math.sqrt(spread) : 0;
    },
  };
}
