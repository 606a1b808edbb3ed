import { z } from 'zod';
import { evaluationName, suiteDocument } from './suite.ts';

/** As many as a database counts. */
const count = z.number().int().min(0).max(2_147_483_647);

/** A figure with its 95 % interval, and how it came about. */
export const measurement = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  method: z.enum(['wilson', 't', 'clustered-t', 'bootstrap', 'none']),
  better: z.enum(['higher', 'lower']),
  /** Everything that changes the number, in the manner of sacreBLEU. */
  signature: z.string(),
  rows: count,
  errored: z.number().int(),
  parts: z.record(z.string(), z.number()),
});
export type Measurement = z.infer<typeof measurement>;

export const sliceMeasurement = z.object({
  rows: z.number().int(),
  metrics: z.record(z.string(), measurement),
});
export type SliceMeasurement = z.infer<typeof sliceMeasurement>;

/** How often each expected label (row) was answered with each (column); the last column is no answer. */
export const confusionMatrix = z.object({
  labels: z.array(z.string()),
  counts: z.array(z.array(z.number().int())),
});
export type ConfusionMatrix = z.infer<typeof confusionMatrix>;

export const comparisonVerdict = z.enum(['better', 'worse', 'inconclusive']);
export type ComparisonVerdict = z.infer<typeof comparisonVerdict>;

/** The difference of one metric between a run and the one it is compared with, on the rows that both have. */
export const metricComparison = z.object({
  metric: z.string(),
  /** `slice=value`; null for all rows. */
  slice: z.string().nullable(),
  /** A gain: above 0 it is better, also where lower figures are. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** After Holm's correction among slices; null where too few rows were there to test, or what rows cannot tell. */
  p: z.number().nullable(),
  method: z.string(),
  rows: z.number().int(),
  /** Of those, how many score otherwise than before. */
  changed: z.number().int(),
  /** What a set like this shows four times out of five. */
  detectable: z.number(),
  verdict: comparisonVerdict,
  words: z.string(),
});
export type MetricComparison = z.infer<typeof metricComparison>;

/** A run beside another of the same suite. */
export const runComparison = z.object({
  against: z.object({ id: z.string(), label: z.string() }),
  metrics: z.array(metricComparison),
});
export type RunComparison = z.infer<typeof runComparison>;

export const gateResult = z.object({
  metric: z.string(),
  slice: z.string().nullable(),
  rule: z.string().describe('In words: accuracy at least 0.80'),
  outcome: z.enum(['passed', 'failed', 'inconclusive']),
  words: z.string(),
});
export type GateResult = z.infer<typeof gateResult>;

/** One pass of a target over a suite, with everything needed to repeat it. */
export const evaluationRun = z.object({
  id: z.uuid(),
  suite: suiteDocument,
  fingerprint: z.string().describe('Of rows, scorers and prompt: two runs with the same one can be compared'),
  dataset: z.object({ sha256: z.string(), rows: z.number().int() }),
  target: z.object({ name: z.string(), revision: z.string().nullable() }),
  /** Null for the whole suite; otherwise why it is not: `the first 50 rows`. */
  partial: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  environment: z.record(z.string(), z.string()),
  counts: z.object({ rows: count, asked: count, errored: count, abstained: count }),
  metrics: z.record(z.string(), measurement),
  slices: z.record(z.string(), z.record(z.string(), sliceMeasurement)),
  matrix: confusionMatrix.nullable(),
  gates: z.array(gateResult),
  comparison: runComparison.nullable(),
  outcome: z.enum(['passed', 'failed', 'inconclusive']),
});
export type EvaluationRun = z.infer<typeof evaluationRun>;

/** A person's word on a run, kept for good: what a model's approval can ask for. */
export const signedVerdict = z.object({
  id: z.string(),
  runId: z.uuid(),
  suite: evaluationName,
  decision: z.enum(['accepted', 'rejected']),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  /** What was signed: SHA-256 of the run's canonical JSON. */
  runSha256: z.string(),
});
export type SignedVerdict = z.infer<typeof signedVerdict>;
