import { z } from 'zod';
import type { Answer } from '#contracts';
import { meanOf } from '../metrics/metric.ts';
import { quantileOf } from '../metrics/quantile.ts';
import { defineScorer } from './scorer.ts';

const none = z.strictObject({});

/** How long an answer took. One that failed says nothing about the speed of answers, and is counted as an error instead. */
export const latency = defineScorer({
  name: 'latency',
  summary: 'Milliseconds until the answer is whole: a quantile over samples',
  wording: {
    ...{ scale: 1, unit: 'ms' },
    // All rows of a run share its machine and its moment, so more rows do not make two runs comparable.
    untested: 'how fast answers come depends on the machine and on what else it does',
  },
  options: z.strictObject({ quantile: z.number().min(0).max(1).default(0.95) }),
  judge: ({ answer }) => answer.latencyMs,
  missed: ({ answer }) => (answer.error ? null : answer.latencyMs),
  measure: (evidence: number[], { quantile }) =>
    quantileOf(Float64Array.from(evidence), quantile, 'latency-ms'),
});

const effort = (name: string, unit: string, summary: string, of: (answer: Answer) => number | null) =>
  defineScorer({
    ...{ name, summary, options: none, wording: { scale: 1, unit } },
    judge: ({ answer }) => of(answer),
    missed: ({ answer }) => of(answer),
    measure: (evidence: number[]) =>
      meanOf(Float64Array.from(evidence), 'lower', `${name}|version:parlance-1`),
  });

export const tokens = effort(
  'tokens',
  'tokens',
  'Tokens read and written for one sample, on average',
  ({ tokens }) => tokens,
);
export const cost = effort('cost', 'US dollars', 'US dollars for one sample, on average', ({ cost }) => cost);
