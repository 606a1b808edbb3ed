import { z } from 'zod';
import { aurocOneVsRest } from '../metrics/auroc.ts';
import {
  brierOverLabels,
  calibrationError,
  type LabelProbabilities,
  logLoss as logLossOf,
} from '../metrics/calibration.ts';
import type { Measured } from '../metrics/metric.ts';
import { expectedText } from './expected.ts';
import { defineScorer } from './scorer.ts';

const probabilities = z.record(z.string(), z.number().min(0).max(1));

/** The expected label and the probability of each; null for no answer. */
type Evidence = [expected: string, probabilities: Record<string, number> | null];

function probabilityScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  measure: (rows: LabelProbabilities[], options: O) => Measured,
) {
  return defineScorer<O, Evidence>({
    ...{ name, summary: `${summary} Looks at a record of label and probability.`, options },
    judge: (said) => [expectedText(said), probabilities.safeParse(said.output).data ?? null],
    missed: (asked) => [expectedText(asked), null],
    measure: (evidence, chosen) =>
      measure(
        evidence.map(([expected, each]) => ({ expected, probabilities: each })),
        chosen,
      ),
  });
}

const none = z.strictObject({});
const binned = z.strictObject({ bins: z.number().int().min(1).max(100).default(15) });

export const calibration = probabilityScorer(
  'calibration-error',
  'How far confidence is from the share of right answers, on average.',
  binned,
  (rows, { bins }) => calibrationError(rows.map(confidentOf), { bins }),
);
export const brier = probabilityScorer(
  'brier',
  'The squares of what probabilities were off by.',
  none,
  brierOverLabels,
);
export const logLoss = probabilityScorer('log-loss', 'The surprise at the expected label.', none, logLossOf);
export const auroc = probabilityScorer(
  'auroc',
  'How well probabilities order each label against the rest.',
  none,
  (rows) => aurocOneVsRest(rows.map(({ expected, probabilities: scores }) => ({ expected, scores }))),
);

function confidentOf({ expected, probabilities: each }: LabelProbabilities) {
  const [label, confidence] = Object.entries(each ?? {}).reduce(
    (best, next) => (next[1] > best[1] ? next : best),
    ['', -1],
  );
  return confidence < 0 ? { confidence: 1, right: false } : { confidence, right: label === expected };
}
