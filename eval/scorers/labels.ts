import { z } from 'zod';
import type { ConfusionMatrix } from '#contracts';
import {
  accuracy as accuracyOf,
  f1 as f1Of,
  precision as precisionOf,
  recall as recallOf,
} from '../metrics/classification.ts';
import type { Labelled } from '../metrics/labelled.ts';
import { matthews } from '../metrics/matthews.ts';
import type { Measured } from '../metrics/metric.ts';
import { expectedText, plain } from './expected.ts';
import { defineScorer } from './scorer.ts';

/** The expected label and the answered one; null for no answer. */
type Evidence = [expected: string, said: string | null];

const averaged = z.strictObject({
  average: z.enum(['micro', 'macro', 'weighted']).default('macro'),
  labels: z
    .array(z.string())
    .min(1)
    .max(1000)
    .optional()
    .describe('Which labels count; all of them unless said'),
});

function labelScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  measure: (rows: Labelled[], options: O) => Measured,
) {
  return defineScorer<O, Evidence>({
    ...{ name, summary, options },
    judge: (said) => [expectedText(said), plain(said.output) ?? null],
    missed: (asked) => [expectedText(asked), null],
    measure: (evidence, chosen) =>
      measure(
        evidence.map(([expected, predicted]) => ({ expected, predicted })),
        chosen,
      ),
    reason: ([expected, said]) =>
      expected === said ? undefined : `${said ?? 'nothing'} instead of ${expected}`,
    matrix: matrixOf,
  });
}

/** Above this many labels a matrix is no picture. */
const mostLabels = 40;

function matrixOf(evidence: Evidence[]): ConfusionMatrix {
  const labels = [...new Set(evidence.map(([expected]) => expected))].sort().slice(0, mostLabels);
  const places = new Map(labels.map((label, place) => [label, place]));
  const counts = labels.map(() => new Array<number>(labels.length + 1).fill(0));
  for (const [expected, said] of evidence) {
    const row = counts[places.get(expected) ?? -1];
    const column = (said === null ? undefined : places.get(said)) ?? labels.length;
    if (row) row[column] = (row[column] as number) + 1;
  }
  return { labels, counts };
}

const none = z.strictObject({});

export const accuracy = labelScorer(
  'accuracy',
  'The share of answers that are the expected label',
  none,
  accuracyOf,
);
export const mcc = labelScorer(
  'mcc',
  'Matthews’ correlation of expected and answered labels',
  none,
  matthews,
);
export const precision = labelScorer(
  ...([
    'precision',
    'Of what was answered with a label, the share that is right',
    averaged,
    precisionOf,
  ] as const),
);
export const recall = labelScorer(
  ...(['recall', 'Of what a label was expected for, the share that got it', averaged, recallOf] as const),
);
export const f1 = labelScorer('f1', 'The harmonic mean of precision and recall', averaged, f1Of);
