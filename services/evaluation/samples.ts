import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Measurement, SamplePage, SampleQuery, StoredSample } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationSample, evaluationScore } from '../db/schema/index.ts';
import { cursorOf, holds, holdsInJson, placeOf, rowNumber } from './cursor.ts';
import { findSummary } from './run-rows.ts';
import { asSample, sampleColumns } from './sample-rows.ts';
import { directionOf } from './scorers.ts';

type Better = Measurement['better'];

/** One page of a run's results. Throws `not_found`, and `invalid_input` for a scorer that the run does not have. */
export async function listSamples(tx: Transaction, runId: string, query: SampleQuery): Promise<SamplePage> {
  await findSummary(tx, runId);
  const { scorer, below, above, order } = query;
  const better = scorer === undefined ? 'higher' : await directionOf(tx, runId, scorer);
  const bounded = below !== undefined || above !== undefined;
  if (scorer === undefined || (order === 'row' && !bounded)) return await inOrder(tx, runId, query);
  const narrowed = conditions(query).some((each) => each !== undefined);
  const found =
    order === 'worst' && !narrowed
      ? await scoredBeyond(tx, runId, scorer, better, query)
      : await scoredAmong(tx, runId, scorer, better, query);
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  return {
    samples: await samplesAt(
      tx,
      runId,
      page.map(({ position }) => position),
    ),
    next: last ? cursorOf(...(order === 'worst' ? [last.value, last.position] : [last.position])) : null,
  };
}

/** In the order in which they came. */
async function inOrder(tx: Transaction, runId: string, query: SampleQuery): Promise<SamplePage> {
  const [from] = placeOf(query.after, rowPlace) ?? [];
  const { limit } = query;
  const rows = await tx
    .select(sampleColumns)
    .from(evaluationSample)
    .where(
      and(
        eq(evaluationSample.runId, runId),
        from === undefined ? undefined : gt(evaluationSample.position, from),
        ...conditions(query),
      ),
    )
    .orderBy(asc(evaluationSample.position))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { samples: rows.slice(0, limit).map(asSample), next: last ? cursorOf(last.position) : null };
}

const rowPlace = z.tuple([rowNumber]);
const scoredPlace = z.tuple([z.number(), rowNumber]);

interface Scored {
  position: number;
  value: number;
}

/** The worst after the place of the query, and one more than a page: read from an index. */
async function scoredBeyond(
  tx: Transaction,
  runId: string,
  scorer: string,
  better: Better,
  query: SampleQuery,
): Promise<Scored[]> {
  const { value, position } = evaluationScore;
  // Both columns in one direction, so that an index is read either way.
  const order = better === 'higher' ? asc : desc;
  return await tx
    .select({ value, position })
    .from(evaluationScore)
    .where(and(ofScorer(runId, scorer), ...bounds(query), beyond(placeOf(query.after, scoredPlace), better)))
    .orderBy(order(value), order(position))
    .limit(query.limit + 1);
}

/**
 * The same where the results themselves are filtered as well, or are wanted in their own order. Joined here: a database without
 * statistics, as the embedded one is, may plan a join of two large tables as a loop in a loop.
 */
async function scoredAmong(
  tx: Transaction,
  runId: string,
  scorer: string,
  better: Better,
  query: SampleQuery,
): Promise<Scored[]> {
  const { value, position } = evaluationScore;
  // In one row each: ten thousand rows cost the embedded database more than what is in them.
  const [scores] = await tx
    .select({ all: sql<[number, number][] | null>`json_agg(json_build_array(${value}, ${position}))` })
    .from(evaluationScore)
    .where(and(ofScorer(runId, scorer), ...bounds(query)));
  const [places] = await tx
    .select({ all: sql<number[] | null>`json_agg(${evaluationSample.position})` })
    .from(evaluationSample)
    .where(and(eq(evaluationSample.runId, runId), ...conditions(query)));
  const wanted = new Set(places?.all);
  const scored = (scores?.all ?? []).map(([figure, at]): Scored => ({ value: figure, position: at }));
  const found = scored.filter(({ position: at }) => wanted.has(at));
  if (query.order === 'row') {
    const [from = -1] = placeOf(query.after, rowPlace) ?? [];
    return found.filter((each) => each.position > from).sort((a, b) => a.position - b.position);
  }
  const sign = better === 'higher' ? 1 : -1;
  const compare = (a: Scored, b: Scored) => sign * (a.value - b.value || a.position - b.position);
  const place = placeOf(query.after, scoredPlace);
  const last = place && { value: place[0], position: place[1] };
  return found.filter((each) => !last || compare(each, last) > 0).sort(compare);
}

/** The results at these places, in this order. Read after the page is known: sorting them as a whole would be slow. */
async function samplesAt(tx: Transaction, runId: string, positions: number[]): Promise<StoredSample[]> {
  if (positions.length === 0) return [];
  const rows = await tx
    .select(sampleColumns)
    .from(evaluationSample)
    .where(and(eq(evaluationSample.runId, runId), inArray(evaluationSample.position, positions)));
  const at = new Map(rows.map((row) => [row.position, asSample(row)]));
  return positions.flatMap((position) => at.get(position) ?? []);
}

const ofScorer = (runId: string, scorer: string) =>
  and(eq(evaluationScore.runId, runId), eq(evaluationScore.scorer, scorer));

const bounds = ({ below, above }: SampleQuery) => [
  below === undefined ? undefined : lt(evaluationScore.value, below),
  above === undefined ? undefined : gt(evaluationScore.value, above),
];

function conditions({ slice, value, errored, search }: SampleQuery): (SQL | undefined)[] {
  const { slices, said, rowId } = evaluationSample;
  return [
    slice === undefined ? undefined : sql`${slices} ->> ${slice} = ${value}`,
    errored === undefined ? undefined : eq(evaluationSample.errored, errored === 'true'),
    search ? or(holdsInJson(said, search), holds(rowId, search)) : undefined,
  ];
}

function beyond(place: [number, number] | undefined, better: Better): SQL | undefined {
  if (!place) return undefined;
  const here = sql`(${evaluationScore.value}, ${evaluationScore.position})`;
  const there = sql`(${place[0]}::double precision, ${place[1]}::integer)`;
  return better === 'higher' ? sql`${here} > ${there}` : sql`${here} < ${there}`;
}
