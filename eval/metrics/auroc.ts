import type { Measured } from './metric.ts';
import { sweepOf } from './roc-sweep.ts';

/** One row of a yes-or-no question with the score of yes, on any scale. Without a score it is ordered as wrongly as can be. */
export interface Scored {
  positive: boolean;
  score: number | null;
}

/**
 * The area under the ROC curve, 0…1: how often a positive row scores above a negative one, ties counted half, as scikit-learn's
 * `roc_auc_score`. Where there is no pair to order it is ½, as by chance. `each` is the share of the other kind's rows on whose right
 * side the row is (its placement: DeLong, DeLong and Clarke-Pearson 1988). Throws `invalid_input` for a score that is not a number.
 */
export function auroc(rows: readonly Scored[]): Measured {
  const sweep = sweepOf(
    rows.map(({ positive }) => positive),
    rows.map(({ positive, score }) => score ?? (positive ? -Infinity : Infinity)),
  );
  return {
    rows: rows.length,
    each: sweep.placements(),
    of: (weights) => sweep.area(weights) ?? 0.5,
    mean: false,
    better: 'higher',
    signature: 'auroc|version:parlance-1',
  };
}

/** Below every score, and still above no answer. */
const unnamed = -Number.MAX_VALUE;

/** One row of a classification with the score of each label; a label that is not named scores lowest. */
export interface LabelScores {
  expected: string;
  /** Null is no answer: ordered as wrongly as can be for every label. */
  scores: Readonly<Record<string, number>> | null;
}

/**
 * The area for each label against the rest, averaged over labels alike: scikit-learn's `roc_auc_score(…, multi_class='ovr')`. A label
 * that all rows or none expect has nothing to order and is left out of the average; `parts` gives ½ for it. `each` is the row's
 * placement for the label that it expects. Throws `invalid_input` for a score that is not a number.
 */
export function aurocOneVsRest(rows: readonly LabelScores[]): Measured {
  const labels = [
    ...new Set(rows.flatMap(({ expected, scores }) => [expected, ...Object.keys(scores ?? {})])),
  ].sort();
  const sweeps = labels.map((label) =>
    sweepOf(
      rows.map(({ expected }) => expected === label),
      rows.map(({ expected, scores }) => {
        if (scores === null) return expected === label ? -Infinity : Infinity;
        return Object.hasOwn(scores, label) ? (scores[label] as number) : unnamed;
      }),
    ),
  );
  const each = new Float64Array(rows.length);
  sweeps.forEach((sweep, at) => {
    sweep.placements().forEach((placement, row) => {
      if (rows[row]?.expected === labels[at]) each[row] = placement;
    });
  });
  return {
    rows: rows.length,
    each,
    of(weights) {
      const areas = sweeps.map((sweep) => sweep.area(weights)).filter((area) => area !== undefined);
      return areas.length > 0 ? areas.reduce((sum, area) => sum + area, 0) / areas.length : 0.5;
    },
    mean: false,
    better: 'higher',
    signature: 'auroc|average:macro|multi:ovr|version:parlance-1',
    parts: Object.fromEntries(
      sweeps.map((sweep, at) => [labels[at], (weights?: ArrayLike<number>) => sweep.area(weights) ?? 0.5]),
    ),
  };
}
