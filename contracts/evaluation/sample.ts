import { z } from 'zod';
import { errorCode } from '../errors.ts';

/** One row of a dataset, as every target and scorer sees it. */
export const sample = z.object({
  id: z.string(),
  input: z.json(),
  /** What a right answer is, in whatever shape the scorers ask for; null when there is none. */
  expected: z.json(),
  /** Rows of one group are not independent; a row without one is its own. */
  group: z.string(),
  slices: z.record(z.string(), z.string()),
});
export type Sample = z.infer<typeof sample>;

/** What a target said to one sample. An error is an answer too: it counts. */
export const answer = z.object({
  output: z.json(),
  error: z.object({ code: errorCode, detail: z.string() }).nullable(),
  latencyMs: z.number(),
  tokens: z.number().int().nullable(),
  /** In US dollars; null where nobody knows. */
  cost: z.number().nullable(),
});
export type Answer = z.infer<typeof answer>;

/** What a scorer made of an answer. `evidence` is what the metric is computed from; `value` and `reason` are for people. */
export const score = z.object({
  value: z.number().nullable(),
  evidence: z.json(),
  reason: z.string().optional(),
});
export type Score = z.infer<typeof score>;

/** One sample of a run, asked once. */
export const sampleResult = sample.extend({
  repeat: z.number().int().min(0),
  answer,
  scores: z.record(z.string(), score),
});
export type SampleResult = z.infer<typeof sampleResult>;
