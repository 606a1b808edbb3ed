import { and, desc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type EvaluationRun, ParlanceError, type RunPage, type RunQuery, type RunSummary } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { evaluationMetric, evaluationRun } from '../db/schema/index.ts';
import { cursorOf, placeOf, placeText } from './cursor.ts';

const { document: _, ...light } = getTableColumns(evaluationRun);
type Row = Omit<typeof evaluationRun.$inferSelect, 'document'>;

/**
 * Runs with their headlines. Looked up by themselves: a database without statistics may plan a join as a loop in a loop, and a
 * list would get slower with the square of what is kept.
 */
async function asSummaries(tx: Transaction, rows: Row[]): Promise<RunSummary[]> {
  const names = [...new Set(rows.flatMap(({ headlineMetric }) => headlineMetric ?? []))];
  const ids = rows.map(({ id }) => id);
  const found =
    names.length === 0
      ? []
      : await tx
          .select()
          .from(evaluationMetric)
          .where(and(inArray(evaluationMetric.runId, ids), inArray(evaluationMetric.metric, names)));
  const headlines = new Map(found.map((metric) => [`${metric.runId} ${metric.metric}`, metric]));
  return rows.map((row) => asSummary(row, headlines.get(`${row.id} ${row.headlineMetric}`) ?? null));
}

/** One page of runs in the order that the query asks for. */
export async function listRuns(tx: Transaction, query: RunQuery): Promise<RunPage> {
  const { suite, target, order, after, limit } = query;
  const { startedAt, needsVerdict, id } = evaluationRun;
  const urgent = order === 'regressions';
  const rows = await tx
    .select(light)
    .from(evaluationRun)
    .where(
      and(
        suite === undefined ? undefined : eq(evaluationRun.suite, suite),
        target === undefined ? undefined : eq(evaluationRun.targetName, target),
        urgent ? afterUrgent(after) : afterNewest(after),
      ),
    )
    .orderBy(...(urgent ? [desc(needsVerdict)] : []), desc(startedAt), desc(id))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next = last && (urgent ? [last.needsVerdict, +last.startedAt, last.id] : [+last.startedAt, last.id]);
  return {
    runs: await asSummaries(tx, rows.slice(0, limit)),
    next: next ? cursorOf(...next) : null,
  };
}

const moment = z.number().int().min(0).max(8.64e15);
const newest = z.tuple([moment, placeText]);
const urgency = z.tuple([z.boolean(), moment, placeText]);
const timestamp = (ms: number) => new Date(ms).toISOString();

function afterNewest(after: string | undefined): SQL | undefined {
  const place = placeOf(after, newest);
  if (!place) return undefined;
  const [ms, id] = place;
  return sql`(${evaluationRun.startedAt}, ${evaluationRun.id}) < (${timestamp(ms)}::timestamptz, ${id})`;
}

function afterUrgent(after: string | undefined): SQL | undefined {
  const place = placeOf(after, urgency);
  if (!place) return undefined;
  const [first, ms, id] = place;
  const { needsVerdict, startedAt } = evaluationRun;
  return sql`(${needsVerdict}, ${startedAt}, ${evaluationRun.id}) < (${first}::boolean, ${timestamp(ms)}::timestamptz, ${id})`;
}

/** Throws `not_found`. */
export async function findSummary(tx: Transaction, id: string): Promise<RunSummary> {
  const rows = await tx.select(light).from(evaluationRun).where(eq(evaluationRun.id, id));
  const [summary] = await asSummaries(tx, rows);
  if (!summary) throw noRun();
  return summary;
}

/** A run's row, which nobody else changes until the transaction ends. Throws `not_found`. */
export async function lockRun(tx: Transaction, id: string): Promise<Row> {
  const [row] = await tx.select(light).from(evaluationRun).where(eq(evaluationRun.id, id)).for('update');
  if (!row) throw noRun();
  return row;
}

/** The run as it was taken in. Throws `not_found`. */
export async function readRun(tx: Transaction, id: string): Promise<EvaluationRun> {
  const [row] = await tx
    .select({ document: evaluationRun.document })
    .from(evaluationRun)
    .where(eq(evaluationRun.id, id));
  if (!row) throw noRun();
  return JSON.parse(row.document);
}

const noRun = () => new ParlanceError('not_found', 'There is no evaluation run with this id.');

function asSummary(row: Row, measured: typeof evaluationMetric.$inferSelect | null): RunSummary {
  const { id, suite, version, title, fingerprint, datasetSha256, partial, counts, outcome } = row;
  const { decision, decidedBy, decidedAt } = row;
  return {
    ...{ id, suite, version, title, fingerprint, datasetSha256, partial, counts, outcome },
    target: { name: row.targetName, revision: row.targetRevision },
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt.toISOString(),
    headline: measured && {
      ...{ metric: measured.metric, value: measured.value, low: measured.low },
      ...{ high: measured.high, better: measured.better },
    },
    gates: { passed: row.gatesPassed, failed: row.gatesFailed, inconclusive: row.gatesInconclusive },
    compared:
      row.comparedWith === null
        ? null
        : { againstId: row.comparedWith, better: row.better, worse: row.worse },
    state: row.sealedAt ? 'sealed' : 'incomplete',
    samples: row.samples,
    needsVerdict: row.needsVerdict,
    verdict:
      decision && decidedBy !== null && decidedAt
        ? { decision, by: decidedBy, at: decidedAt.toISOString() }
        : null,
    createdBy: row.createdBy,
    sha256: row.sha256,
  };
}
