import { and, eq, inArray, sql } from 'drizzle-orm';
import { ParlanceError, type StoredSample } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationRun, evaluationSample, evaluationScore } from '../db/schema/index.ts';

/** As much of a run as adding to it asks for. */
interface Receiving {
  id: string;
  samples: number;
  sealedAt: Date | null;
  counts: { asked: number };
}

/** Adds what is not there yet to a run that is locked, and answers how many there are then. Throws `conflict`. */
export async function addSamples(tx: Transaction, run: Receiving, given: StoredSample[]): Promise<number> {
  const fresh = await notThereYet(tx, run.id, given);
  if (fresh.length === 0) return run.samples;
  if (run.sealedAt) throw new ParlanceError('conflict', 'The run is sealed: nothing can be added to it.');
  const count = run.samples + fresh.length;
  if (count > run.counts.asked)
    throw new ParlanceError(
      'conflict',
      `The run says that it has ${run.counts.asked} results, and these would make ${count}.`,
    );
  const rows = fresh.map((sample, index) => rowOf(sample, run.samples + index));
  const scores = fresh.flatMap((sample, index) => scoresOf(sample, run.samples + index));
  // One parameter for all of them: a statement with a thousand would be planned anew for every number of rows.
  await tx.execute(sql`
    insert into ${evaluationSample} (run_id, row_id, repeat, position, errored, slices, said, rest)
    select ${run.id}::text, row_id, repeat, position, errored, slices, said, rest
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as t(row_id text, repeat int, position int, errored boolean, slices jsonb, said text, rest text)`);
  await tx.execute(sql`
    insert into ${evaluationScore} (run_id, scorer, position, row_id, value)
    select ${run.id}::text, scorer, position, row_id, value
    from json_to_recordset(${JSON.stringify(scores)}::json)
      as t(scorer text, position int, row_id text, value double precision)`);
  await tx.update(evaluationRun).set({ samples: count }).where(eq(evaluationRun.id, run.id));
  return count;
}

const keyOf = (sample: { id: string; repeat: number }) => `${sample.repeat} ${sample.id}`;

async function notThereYet(tx: Transaction, runId: string, given: StoredSample[]): Promise<StoredSample[]> {
  const there = await tx
    .select({ id: evaluationSample.rowId, repeat: evaluationSample.repeat })
    .from(evaluationSample)
    .where(
      and(
        eq(evaluationSample.runId, runId),
        inArray(evaluationSample.rowId, [...new Set(given.map(({ id }) => id))]),
      ),
    );
  const known = new Set(there.map(keyOf));
  return given.filter((sample) => {
    const key = keyOf(sample);
    return !known.has(key) && known.add(key);
  });
}

function rowOf(
  { id, repeat, input, expected, answer, scores, slices, group }: StoredSample,
  position: number,
) {
  const { output, ...told } = answer;
  return {
    ...{ row_id: id, repeat, position, slices },
    errored: answer.error !== null,
    said: JSON.stringify([input, expected, output]),
    rest: JSON.stringify({ group, answer: told, scores }),
  };
}

const scoresOf = ({ id, scores }: StoredSample, position: number) =>
  Object.entries(scores).flatMap(([scorer, { value }]) =>
    value === null ? [] : [{ scorer, position, row_id: id, value }],
  );

export const sampleColumns = {
  rowId: evaluationSample.rowId,
  repeat: evaluationSample.repeat,
  position: evaluationSample.position,
  slices: evaluationSample.slices,
  said: evaluationSample.said,
  rest: evaluationSample.rest,
};

/** A result as it was given. */
export function asSample(
  row: Pick<typeof evaluationSample.$inferSelect, keyof typeof sampleColumns>,
): StoredSample {
  const [input, expected, output] = JSON.parse(row.said);
  const { group, answer, scores } = JSON.parse(row.rest);
  const { rowId: id, repeat, slices } = row;
  return { id, input, expected, group, slices, repeat, answer: { output, ...answer }, scores };
}

/** The first answer of a run to each of some rows. */
export async function firstAnswers(
  tx: Transaction,
  runId: string,
  rowIds: string[],
): Promise<Map<string, StoredSample>> {
  if (rowIds.length === 0) return new Map();
  const rows = await tx
    .select(sampleColumns)
    .from(evaluationSample)
    .where(
      and(
        eq(evaluationSample.runId, runId),
        eq(evaluationSample.repeat, 0),
        inArray(evaluationSample.rowId, rowIds),
      ),
    );
  return new Map(rows.map((row) => [row.rowId, asSample(row)]));
}
