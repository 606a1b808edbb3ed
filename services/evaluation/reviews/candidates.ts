import { and, asc, eq } from 'drizzle-orm';
import { ParlanceError, type ReviewSelection } from '#contracts';
import type { Transaction } from '../../db/database.ts';
import { evaluationSample, evaluationScore } from '../../db/schema/index.ts';
import { findSummary } from '../run-rows.ts';
import { directionOf } from '../scorers.ts';
import type { Candidate } from './selection.ts';

/** The runs of a queue: whole, and of the same rows. Throws `not_found` and `conflict`. */
export async function findRuns(tx: Transaction, runIds: string[]) {
  const runs = [];
  for (const id of runIds) runs.push(await findSummary(tx, id));
  const [first] = runs;
  if (!first) throw new Error('a queue needs a run');
  if (runs.some(({ state }) => state === 'incomplete'))
    throw new ParlanceError('conflict', 'A run is incomplete: seal it when all its results are here.');
  if (runs.some(({ datasetSha256 }) => datasetSha256 !== first.datasetSha256))
    throw new ParlanceError('conflict', 'The two runs are not of the same rows: nothing can be paired.');
  return { suite: first.suite, runs };
}

/** Which values of the selection's scorer are good ones; `higher` where it asks for none. Throws `invalid_input`. */
export async function directionFor(tx: Transaction, runIds: string[], selection: ReviewSelection) {
  const scorer = scorerOf(selection);
  if (scorer === null) return 'higher';
  const [first = 'higher'] = await Promise.all(runIds.map((id) => directionOf(tx, id, scorer)));
  return first;
}

/** The rows that all of the runs have, in the order of the first. */
export async function candidatesOf(
  tx: Transaction,
  runIds: string[],
  selection: ReviewSelection,
): Promise<Candidate[]> {
  const [first, second] = runIds;
  const ofFirst = await rowsOf(tx, first ?? '', scorerOf(selection));
  if (second === undefined)
    return ofFirst.map(({ id, errored, value }) => ({ id, errored, values: [value] }));
  const ofSecond = new Map((await rowsOf(tx, second, scorerOf(selection))).map((row) => [row.id, row]));
  return ofFirst.flatMap(({ id, errored, value }) => {
    const other = ofSecond.get(id);
    return other ? { id, errored: errored || other.errored, values: [value, other.value] } : [];
  });
}

const scorerOf = (selection: ReviewSelection) => ('scorer' in selection ? selection.scorer : null);

/** Joined here: a database without statistics may plan a join of two large tables as a loop in a loop. */
async function rowsOf(tx: Transaction, runId: string, scorer: string | null) {
  const { rowId, errored, position, repeat } = evaluationSample;
  const rows = await tx
    .select({ id: rowId, errored, position })
    .from(evaluationSample)
    .where(and(eq(evaluationSample.runId, runId), eq(repeat, 0)))
    .orderBy(asc(position));
  const values = scorer === null ? new Map<number, number>() : await valuesOf(tx, runId, scorer);
  return rows.map((row) => ({ id: row.id, errored: row.errored, value: values.get(row.position) ?? null }));
}

async function valuesOf(tx: Transaction, runId: string, scorer: string): Promise<Map<number, number>> {
  const { position, value } = evaluationScore;
  const rows = await tx
    .select({ position, value })
    .from(evaluationScore)
    .where(and(eq(evaluationScore.runId, runId), eq(evaluationScore.scorer, scorer)));
  return new Map(rows.map((row) => [row.position, row.value]));
}
