import { z } from 'zod';
import { meanOf } from '../metrics/metric.ts';
import { textOf } from './expected.ts';
import { defineScorer } from './scorer.ts';

/** Whether the answer is the expected label, letter for letter. */
export const accuracy = defineScorer({
  name: 'accuracy',
  summary: 'The share of answers that are the expected label',
  options: z.strictObject({}),
  judge: ({ sample, output }) => [textOf(sample.expected, sample), String(output)],
  missed: (sample) => [textOf(sample.expected, sample), null],
  measure: (evidence: [string, string | null][]) =>
    meanOf(
      Float64Array.from(evidence, ([expected, said]) => Number(expected === said)),
      'higher',
      'accuracy|version:1',
    ),
});
