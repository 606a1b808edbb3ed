import { z } from 'zod';
import { type EvaluationRun, evaluationRun, ParlanceError } from '#contracts';
import type { Suite } from '../suite/suite.ts';
import { Tally } from './tally.ts';

/**
 * A run with the evidence of its rows, small enough to commit: what later runs are compared with, row by row. It has neither
 * inputs nor answers.
 */
export const baseline = z.object({
  run: evaluationRun,
  rows: z.array(
    z.object({
      id: z.string(),
      repeat: z.number().int(),
      group: z.string(),
      slices: z.record(z.string(), z.string()),
      errored: z.boolean(),
      evidence: z.array(z.json()),
    }),
  ),
});
export type Baseline = z.infer<typeof baseline>;

/** What is kept of a run. */
export const baselineOf = (run: EvaluationRun, tally: Tally): Baseline => ({
  run,
  rows: tally.rows.map(({ id, repeat, group, slices, errored, evidence }) => ({
    ...{ id, repeat, group, slices, errored, evidence },
  })),
});

/** The text of a baseline: a line for each row, so that a change of some is a small one in version control. */
export function writeBaseline({ run, rows }: Baseline): string {
  return [run, ...rows].map((each) => `${JSON.stringify(each)}\n`).join('');
}

/** Reads the same. Throws `invalid_input` for anything else. */
export function readBaseline(text: string): Baseline {
  try {
    const [run, ...rows] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return baseline.parse({ run, rows });
  } catch (cause) {
    throw new ParlanceError(
      'invalid_input',
      'This is not a baseline. Write one with "parlance eval accept".',
      { cause },
    );
  }
}

/** The rows of a baseline as the run had them. Throws `conflict` when it is of another version of the suite. */
export function tallyOf({ run, rows }: Baseline, suite: Suite, fingerprint: string): Tally {
  if (run.fingerprint !== fingerprint)
    throw new ParlanceError(
      'conflict',
      `The run to compare with is of version ${run.suite.version} of ${run.suite.suite}, which asks or scores otherwise. Accept a run of version ${suite.document.version} first.`,
    );
  const tally = new Tally(suite);
  for (const row of rows) {
    tally.expect(row.id, row.repeat);
    tally.put(row);
  }
  return tally;
}
