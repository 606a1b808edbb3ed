import { z } from 'zod';
import { taskName } from '../task-name.ts';

/** Names of suites, scorers, slices: lower-case words with hyphens. */
export const evaluationName = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case words with hyphens, such as macro-f1.');

/** A JSON pointer (RFC 6901) into a row or an answer; the empty one is the whole of it. */
const pointer = z.string().regex(/^(\/.*)?$/, 'Begin with a slash, such as /label.');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 in 64 hexadecimal digits.');

/** Where in a row its parts are. */
const fields = z.strictObject({
  id: pointer.default('/id').describe('A row without one is known by its place'),
  input: pointer.default('/input'),
  expected: pointer.default('/expected'),
  group: pointer.default('/group').describe('Rows of one document or customer: they are not independent'),
});

const source = {
  fields: fields.prefault({}),
  licence: z.string().max(200).optional(),
  origin: z.string().max(500).optional().describe('Where the rows come from'),
};

/** The rows of a suite, pinned: the same suite and version always mean the same rows. */
export const datasetReference = z.union([
  z.strictObject({ rows: z.array(z.record(z.string(), z.json())).min(1).max(1000), ...source }),
  z.strictObject({
    file: z.string().min(1).max(300).describe('JSONL or CSV, beside the suite'),
    sha256,
    ...source,
  }),
  z.strictObject({
    dataset: evaluationName,
    sha256: sha256.describe('Of the version that is meant'),
    ...source,
  }),
]);
export type DatasetReference = z.infer<typeof datasetReference>;

/** What is asked. Keys of outside endpoints are named by their environment variable and never written down. */
export const targetReference = z.union([
  z.strictObject({
    task: taskName,
    model: z.string().max(200).optional(),
    options: z.record(z.string(), z.json()).optional(),
  }),
  z.strictObject({ search: z.strictObject({ limit: z.number().int().min(1).max(40).default(10) }) }),
  z.strictObject({ answers: z.strictObject({ language: z.string().max(8).default('en') }) }),
  z.strictObject({ conversations: z.strictObject({ language: z.string().max(8).default('en') }) }),
  z.strictObject({
    endpoint: z.strictObject({
      url: z.url().describe('Of an OpenAI-compatible server, up to and with /v1'),
      model: z.string().min(1).max(200),
      keyFrom: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/, 'Name an environment variable.')
        .optional(),
      system: z.string().max(20_000).optional(),
      prompt: z
        .string()
        .max(20_000)
        .default('{{input}}')
        .describe('{{input}}, or {{name}} of an input with names'),
      temperature: z.number().min(0).max(2).default(0),
      maxTokens: z.number().int().min(1).max(100_000).default(512),
      requestsPerMinute: z.number().int().min(1).optional(),
    }),
  }),
]);
export type TargetReference = z.infer<typeof targetReference>;

/** A scorer of the registry with its options, which the registry checks. `as` names it when a suite uses one twice. */
export const scorerReference = z.looseObject({
  name: evaluationName,
  as: evaluationName.optional(),
  at: pointer.optional().describe('Where in the answer it looks, when that is not where the suite says'),
  expects: pointer.optional().describe('Where in what the row expects it looks, when that has parts'),
  optional: z.boolean().optional().describe('Leaves out the rows that expect nothing there'),
});
export type ScorerReference = z.infer<typeof scorerReference>;

/** By which rows are told apart: a value in the row, or how many words a text in it has. */
export const sliceRule = z.union([
  pointer,
  z.strictObject({ wordsOf: pointer, upTo: z.array(z.number().int().positive()).min(1).max(8) }),
]);
export type SliceRule = z.infer<typeof sliceRule>;

/** What must hold for a run to pass. Bounds are checked against the interval's end, not against the figure alone. */
export const gateRule = z
  .strictObject({
    metric: z.string().max(120).describe('A scorer, or a part of one, such as f1.negative'),
    floor: z.number().optional(),
    ceiling: z.number().optional(),
    margin: z.number().min(0).optional().describe('How much worse than the run compared with it may be'),
    sliceFloor: z.number().optional().describe('For each slice of 30 rows or more'),
  })
  .refine(({ metric: _, ...bounds }) => Object.values(bounds).some((each) => each !== undefined), {
    message: 'Set floor, ceiling, margin or sliceFloor.',
  });
export type GateRule = z.infer<typeof gateRule>;

/** A suite as it is written, in YAML. */
export const suiteDocument = z.strictObject({
  suite: evaluationName,
  version: z.number().int().min(1).max(999_999_999),
  title: z.string().min(1).max(120),
  description: z.string().max(2000).optional(),
  dataset: datasetReference,
  target: targetReference.optional().describe('What is asked unless the run says otherwise'),
  answer: pointer.default('').describe('Where in what the target answers the scorers look, unless they say'),
  scorers: z.array(scorerReference).min(1).max(30),
  slices: z.record(evaluationName, sliceRule).default({}),
  repeats: z.number().int().min(1).max(100).default(1).describe('Asks each row so often; nothing is cached'),
  concurrency: z.number().int().min(1).max(64).default(4),
  maxErrorRate: z.number().min(0).max(1).default(0.01).describe('More errors than this fail the run'),
  gates: z.array(gateRule).max(50).default([]),
});
export type SuiteDocument = z.infer<typeof suiteDocument>;
