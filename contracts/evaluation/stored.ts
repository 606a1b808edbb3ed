import { z } from 'zod';
import { storedText } from '../text.ts';
import { anyJson, shallow } from './json.ts';
import { comparisonVerdict, evaluationRun, measurement, signedVerdict } from './run.ts';
import { answer, sampleResult, score } from './sample.ts';
import { evaluationName, suiteDocument } from './suite.ts';

/** A suite as it was read, its defaults filled in. */
const readSuite = shallow.transform((value, context) => {
  const { data, error } = suiteDocument.safeParse(value);
  if (data) return data;
  for (const issue of error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const name = storedText.min(1).max(200);
const fewer = (most: number) => (record: object) => Object.keys(record).length <= most;

/** Databases begin to count years at 1, and no run is older than this. */
const startOfTime = '1970';
const lately = z.iso.datetime().refine((text) => text >= startOfTime, `This is before ${startOfTime}.`);

/** Of what is averaged and subtracted: neither may leave the numbers there are. */
const mostValue = 1e100;

/** Most results of one run. */
const maxSamples = 200_000;

/** A run as it comes to be kept. */
export const storedRun = evaluationRun.strict().extend({
  suite: readSuite,
  target: z.object({ name, revision: storedText.max(200).nullable() }),
  partial: storedText.min(1).max(200).nullable(),
  startedAt: lately,
  endedAt: lately,
  environment: z.record(z.string().max(100), z.string().max(2000)).refine(fewer(100), 'At most 100 entries.'),
  counts: evaluationRun.shape.counts.refine(
    ({ asked }) => asked <= maxSamples,
    `A run has at most ${maxSamples} results.`,
  ),
  metrics: z.record(storedText.min(1).max(120), measurement).refine(fewer(60), 'At most 60 metrics.'),
});

/** Most results that one request may bring. */
export const maxSamplesAtOnce = 500;

/** One result as it comes to be kept. */
export const storedSample = sampleResult.strict().extend({
  id: storedText.min(1).max(300),
  group: storedText.max(300),
  input: anyJson,
  expected: anyJson,
  slices: z.record(storedText.max(60), storedText.max(300)).refine(fewer(20), 'At most 20 slices.'),
  repeat: z.number().int().min(0).max(99),
  answer: answer.extend({ output: anyJson }),
  scores: z
    .record(
      storedText.min(1).max(120),
      score.extend({ value: z.number().min(-mostValue).max(mostValue).nullable(), evidence: anyJson }),
    )
    .refine(fewer(30), 'At most 30 scores.'),
});
export type StoredSample = z.infer<typeof storedSample>;
export const addSamplesRequest = z.strictObject({
  samples: z.array(storedSample).min(1).max(maxSamplesAtOnce),
});

/** A run as lists show it. */
export const runSummary = z.object({
  id: z.uuid(),
  suite: z.string(),
  version: z.number().int(),
  title: z.string(),
  fingerprint: z.string(),
  datasetSha256: z.string(),
  target: z.object({ name: z.string(), revision: z.string().nullable() }),
  partial: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  counts: evaluationRun.shape.counts,
  /** The metric of the suite's first scorer. */
  headline: measurement
    .pick({ value: true, low: true, high: true, better: true })
    .extend({ metric: z.string() })
    .nullable(),
  gates: z.object({ passed: z.number().int(), failed: z.number().int(), inconclusive: z.number().int() }),
  /** Of metrics and slices, how many are better and worse than in the run it was compared with. */
  compared: z.object({ againstId: z.string(), better: z.number().int(), worse: z.number().int() }).nullable(),
  outcome: evaluationRun.shape.outcome,
  /** `incomplete` until every result is here and it was sealed. */
  state: z.enum(['incomplete', 'sealed']),
  /** Results that are here. */
  samples: z.number().int(),
  /** It failed or got worse, and nobody has said yet what that means. */
  needsVerdict: z.boolean(),
  verdict: z
    .object({ decision: signedVerdict.shape.decision, by: z.string(), at: z.iso.datetime() })
    .nullable(),
  createdBy: z.string(),
  /** Of its canonical JSON: what a verdict signs. */
  sha256: z.string(),
});
export type RunSummary = z.infer<typeof runSummary>;
export const runPage = z.object({ runs: z.array(runSummary), next: z.string().nullable() });
export type RunPage = z.infer<typeof runPage>;

const after = z.string().max(500).optional().describe('`next` of the page before');
const limit = z.coerce.number().int().min(1).max(200).default(50);

export const runQuery = z.object({
  suite: evaluationName.optional(),
  target: z.string().max(200).optional().describe('The name of what was asked'),
  order: z
    .enum(['newest', 'regressions'])
    .default('newest')
    .describe('`regressions`: those that failed or got worse and have no verdict come first'),
  after,
  limit,
});
export type RunQuery = z.infer<typeof runQuery>;

export const signVerdictRequest = z.strictObject({
  decision: signedVerdict.shape.decision,
  reason: storedText.trim().min(1).max(2000),
  despite: z.boolean().default(false).describe('Accepts a run although its gates failed'),
});
export type SignVerdictRequest = z.infer<typeof signVerdictRequest>;
export const storedVerdict = signedVerdict.extend({
  /** The person or key behind `by`, as they were called. */
  byName: z.string(),
  despite: z.boolean(),
});
export type StoredVerdict = z.infer<typeof storedVerdict>;

export const runDetail = z.object({
  run: storedRun,
  summary: runSummary,
  /** The latest first; the first is the one that counts. */
  verdicts: z.array(storedVerdict),
});
export type RunDetail = z.infer<typeof runDetail>;
/** Both null while nothing was accepted. */
export const acceptedRun = z.object({ run: storedRun.nullable(), verdict: storedVerdict.nullable() });
export type AcceptedRun = z.infer<typeof acceptedRun>;

const figure = z.coerce.number().optional();
export const sampleQuery = z
  .object({
    slice: z.string().min(1).max(60).optional(),
    value: z.string().max(300).optional().describe('Of the slice'),
    scorer: z.string().min(1).max(120).optional().describe('Whose value `below`, `above` and `worst` mean'),
    below: figure,
    above: figure,
    errored: z.enum(['true', 'false']).optional(),
    search: z.string().max(200).optional().describe('In the id, the input, what was expected and the answer'),
    order: z
      .enum(['worst', 'row'])
      .default('row')
      .describe('`worst` lists what the scorer judged, the worst first'),
    after,
    limit,
  })
  .refine(({ slice, value }) => (slice === undefined) === (value === undefined), {
    message: 'Give slice and value together.',
    path: ['value'],
  })
  .refine((query) => query.scorer !== undefined || !needsScorer(query), {
    message: 'Say of which scorer.',
    path: ['scorer'],
  });
export type SampleQuery = z.infer<typeof sampleQuery>;
const needsScorer = (query: { below?: number; above?: number; order: string }) =>
  query.below !== undefined || query.above !== undefined || query.order === 'worst';

export const samplePage = z.object({ samples: z.array(storedSample), next: z.string().nullable() });
export type SamplePage = z.infer<typeof samplePage>;

/** How the values of single answers are spread over 20 bins of one width; both ends are in. */
export const distribution = z.object({
  scorer: z.string(),
  low: z.number(),
  high: z.number(),
  counts: z.array(z.number().int()),
  /** Answers that the scorer did not judge. */
  unjudged: z.number().int(),
});
export type Distribution = z.infer<typeof distribution>;
export const scorerQuery = z.object({ scorer: z.string().min(1).max(120) });

/** One row in two runs. `a` and `b` are means over its repeats. */
export const pairedSample = z.object({
  id: z.string(),
  input: anyJson,
  expected: anyJson,
  a: z.object({ value: z.number(), answer: storedSample.shape.answer }),
  b: z.object({ value: z.number(), answer: storedSample.shape.answer }),
  change: comparisonVerdict.exclude(['inconclusive']).describe('Of b against a'),
});
export type PairedSample = z.infer<typeof pairedSample>;
export const pairedPage = z.object({
  /** Largest change first. */
  samples: z.array(pairedSample),
  /** Over all rows that both runs have. */
  counts: z.object({ better: z.number().int(), worse: z.number().int(), same: z.number().int() }),
  next: z.string().nullable(),
});
export type PairedPage = z.infer<typeof pairedPage>;
export const compareQuery = z.object({
  a: z.uuid(),
  b: z.uuid(),
  scorer: z.string().min(1).max(120),
  changed: z.enum(['better', 'worse', 'any']).default('any').describe('`any` leaves out what is the same'),
  after,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type CompareQuery = z.infer<typeof compareQuery>;

/** The sealed runs of a suite with their metrics, oldest first; at most the latest 500. */
export const trend = z.object({
  runs: z.array(
    runSummary
      .pick({
        ...{ id: true, version: true, target: true, partial: true },
        ...{ startedAt: true, fingerprint: true, outcome: true },
      })
      .extend({
        verdict: signedVerdict.shape.decision.nullable(),
        metrics: z.record(
          z.string(),
          measurement.pick({ value: true, low: true, high: true, better: true, rows: true }),
        ),
      }),
  ),
});
export type Trend = z.infer<typeof trend>;
export const suiteQuery = z.object({ suite: evaluationName });
