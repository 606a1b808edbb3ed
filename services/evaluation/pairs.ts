import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CompareQuery, type PairedPage, type PairedSample, ParlanceError } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationScore } from '../db/schema/index.ts';
import { cursorOf, placeOf, rowNumber } from './cursor.ts';
import { findSummary } from './run-rows.ts';
import { firstAnswers } from './sample-rows.ts';
import { directionOf } from './scorers.ts';

/** Smaller than what adding up repeats in another order makes. */
const same = 1e-12;

/**
 * The rows that two runs have both, the one with the largest change first. Throws `not_found`, `conflict` when the runs are not of the
 * same rows, and `invalid_input` for a scorer that one of them does not have.
 */
export async function pairSamples(tx: Transaction, query: CompareQuery): Promise<PairedPage> {
  const { a, b, scorer, changed, limit } = query;
  await assertSameRows(tx, a, b);
  await directionOf(tx, b, scorer);
  const sign = (await directionOf(tx, a, scorer)) === 'higher' ? 1 : -1;
  // One pass over both runs: without statistics, which an embedded database has none of, a join may be planned as a loop in a loop.
  const { rowId, position, value, runId } = evaluationScore;
  const of = (run: string, figure: SQL) => sql`${figure} filter (where ${runId} = ${run})`;
  const wanted = { better: sql`gain > 0`, worse: sql`gain < 0`, any: sql`gain <> 0` }[changed];
  // In one statement, as the pass is what costs.
  const [found] = await rowsOf<{ counts: PairedPage['counts']; rows: Pair[] }>(
    tx,
    sql`with p as materialized (select row_id, position, a, b,
      case when abs(b - a) < ${same}::double precision then 0 else ${sign}::integer * (b - a) end as gain
    from (select ${rowId} as row_id, ${of(a, sql`min(${position})`)} as position,
        ${of(a, sql`avg(${value})`)} as a, ${of(b, sql`avg(${value})`)} as b
      from ${evaluationScore}
      where ${and(inArray(runId, [a, b]), eq(evaluationScore.scorer, scorer))} group by ${rowId}) both_runs
    where a is not null and b is not null)
    select (select json_build_object('better', count(*) filter (where gain > 0),
        'worse', count(*) filter (where gain < 0), 'same', count(*) filter (where gain = 0)) from p) as counts,
      (select coalesce(json_agg(page), '[]') from (select row_id as id, position, a, b, gain from p
        where ${wanted} ${beyond(query.after)} order by abs(gain) desc, position limit ${limit + 1}::integer) page) as rows`,
  );
  const { counts, rows } = found ?? { counts: { better: 0, worse: 0, same: 0 }, rows: [] };
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    samples: await withAnswers(tx, query, page),
    counts,
    next: last ? cursorOf(Math.abs(last.gain), last.position) : null,
  };
}

interface Pair {
  id: string;
  position: number;
  a: number;
  b: number;
  gain: number;
}

/** What a query in SQL answers, on either database. */
async function rowsOf<T>(tx: Transaction, query: SQL): Promise<T[]> {
  return ((await tx.execute(query)) as unknown as { rows: T[] }).rows;
}

function beyond(after: string | undefined): SQL {
  const place = placeOf(after, z.tuple([z.number(), rowNumber]));
  if (!place) return sql``;
  return sql`and (-abs(gain), position) > (${-place[0]}::double precision, ${place[1]}::integer)`;
}

async function assertSameRows(tx: Transaction, a: string, b: string): Promise<void> {
  const [one, other] = [await findSummary(tx, a), await findSummary(tx, b)];
  if (one.datasetSha256 !== other.datasetSha256)
    throw new ParlanceError('conflict', 'The two runs are not of the same rows: nothing can be paired.');
}

/** The first answer of each run to each of the rows. */
async function withAnswers(tx: Transaction, { a, b }: CompareQuery, pairs: Pair[]): Promise<PairedSample[]> {
  const ids = pairs.map(({ id }) => id);
  const [first, second] = [await firstAnswers(tx, a, ids), await firstAnswers(tx, b, ids)];
  return pairs.flatMap(({ id, a: before, b: now, gain }) => {
    const [x, y] = [first.get(id), second.get(id)];
    if (!x || !y) return [];
    return {
      ...{ id, input: x.input, expected: x.expected },
      a: { value: before, answer: x.answer },
      b: { value: now, answer: y.answer },
      change: gain > 0 ? 'better' : 'worse',
    };
  });
}
