import { and, asc, desc, eq, gt, ilike, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Measurement, SamplePage, SampleQuery } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationSample, evaluationScore } from '../db/schema/index.ts';
import { containing, containingInJson, cursorOf, placeOf } from './cursor.ts';
import { findSummary } from './run-rows.ts';
import { asSample, sampleColumns } from './sample-rows.ts';
import { directionOf } from './scorers.ts';

type Better = Measurement['better'];

/** One page of a run's results. Throws `not_found`, and `invalid_input` for a scorer that the run does not have. */
export async function listSamples(tx: Transaction, runId: string, query: SampleQuery): Promise<SamplePage> {
  await findSummary(tx, runId);
  if (query.scorer === undefined) return await inOrder(tx, runId, query);
  const better = await directionOf(tx, runId, query.scorer);
  return query.order === 'row'
    ? await inOrder(tx, runId, query)
    : await worstFirst(tx, runId, query.scorer, better, query);
}

/** In the order in which they came. */
async function inOrder(tx: Transaction, runId: string, query: SampleQuery): Promise<SamplePage> {
  const [from] = placeOf(query.after, z.tuple([z.number().int()])) ?? [];
  const { scorer, below, above, limit } = query;
  const bounded = scorer !== undefined && (below !== undefined || above !== undefined);
  const rows = await tx
    .select(sampleColumns)
    .from(evaluationSample)
    .where(
      and(
        eq(evaluationSample.runId, runId),
        from === undefined ? undefined : gt(evaluationSample.position, from),
        ...conditions(query),
        bounded
          ? sql`exists (select 1 from ${evaluationScore} where ${and(ofScorer(runId, scorer), ...bounds(query), samePlace)})`
          : undefined,
      ),
    )
    .orderBy(asc(evaluationSample.position))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { samples: rows.slice(0, limit).map(asSample), next: last ? cursorOf(last.position) : null };
}

/** What the scorer judged, by its value. */
async function worstFirst(
  tx: Transaction,
  runId: string,
  scorer: string,
  better: Better,
  query: SampleQuery,
): Promise<SamplePage> {
  const { value, position } = evaluationScore;
  const { limit } = query;
  // Both columns in one direction, so that an index is read either way.
  const order = better === 'higher' ? asc : desc;
  const rows = await tx
    .select({ ...sampleColumns, value })
    .from(evaluationScore)
    .innerJoin(evaluationSample, and(eq(evaluationSample.runId, runId), samePlace))
    .where(
      and(
        ofScorer(runId, scorer),
        ...bounds(query),
        ...conditions(query),
        beyond(placeOf(query.after, z.tuple([z.number(), z.number().int()])), better),
      ),
    )
    .orderBy(order(value), order(position))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    samples: rows.slice(0, limit).map(asSample),
    next: last ? cursorOf(last.value, last.position) : null,
  };
}

const samePlace = eq(evaluationScore.position, evaluationSample.position);

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
    search ? or(ilike(said, containingInJson(search)), ilike(rowId, containing(search))) : undefined,
  ];
}

function beyond(place: [number, number] | undefined, better: Better): SQL | undefined {
  if (!place) return undefined;
  const here = sql`(${evaluationScore.value}, ${evaluationScore.position})`;
  const there = sql`(${place[0]}::double precision, ${place[1]}::integer)`;
  return better === 'higher' ? sql`${here} > ${there}` : sql`${here} < ${there}`;
}
