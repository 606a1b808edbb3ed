import { z } from 'zod';
import { storedText } from '../text.ts';
import { evaluationName, suiteDocument } from './suite.ts';

/** A suite that comes with this server. */
export const bundledSuite = suiteDocument
  .pick({ suite: true, version: true, title: true, description: true })
  .extend({ scorers: z.array(z.string()), gates: z.number().int() });
export type BundledSuite = z.infer<typeof bundledSuite>;
export const bundledSuiteList = z.object({ suites: z.array(bundledSuite) });

/** Starts a run on the server: of a suite that comes with it, or of one that is written here. */
export const startJobRequest = z
  .strictObject({
    suite: evaluationName.optional().describe('The name of a suite that comes with the server'),
    yaml: storedText
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('A suite of your own, with its rows in it or in a dataset'),
    model: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('The model of a task, instead of the one that the suite names'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(200_000)
      .optional()
      .describe('Only the first rows; the run is stamped partial'),
  })
  .refine(({ suite, yaml }) => (suite === undefined) !== (yaml === undefined), {
    message: 'Name a suite, or send one as yaml, not both.',
    path: ['suite'],
  });
export type StartJobRequest = z.infer<typeof startJobRequest>;

/** A run that is on its way on the server. Its id is that of the run that it becomes. */
export const evaluationJob = z.object({
  id: z.uuid(),
  suite: z.string(),
  title: z.string(),
  target: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Answers that are there, and how many there will be; null where that is known at the end only. */
  answered: z.number().int(),
  wanted: z.number().int().nullable(),
  errored: z.number().int(),
  /** Why it failed. */
  problem: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type EvaluationJob = z.infer<typeof evaluationJob>;
export const evaluationJobList = z.object({ jobs: z.array(evaluationJob) });
