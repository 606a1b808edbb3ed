import { and, asc, desc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { type Batch, type BatchList, type BatchListQuery, type BatchState, ParlanceError } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { batchJob, batchPart } from '../db/schema/index.ts';

export type BatchRow = typeof batchJob.$inferSelect;
export type PartRow = Pick<typeof batchPart.$inferSelect, 'firstRow' | 'rows' | 'failed' | 'blob'>;

/** A job that somebody runs, as long as the fence is still its fence. */
export type Claim = Pick<BatchRow, 'id' | 'fence'>;

/** What has been done of a job. */
export type Progress = Pick<BatchRow, 'rowsDone' | 'rowsFailed' | 'rowsPerSecond' | 'usage' | 'ranOn'>;

/** Who has not been heard of for so long has lost its job. */
export const leaseSeconds = 30;
const lease = sql`now() + make_interval(secs => ${leaseSeconds})`;
const unfinished: BatchState[] = ['queued', 'running', 'paused'];

/** Throws `not_found`. */
export async function findBatch(tx: Transaction, id: string): Promise<BatchRow> {
  const [row] = await tx.select().from(batchJob).where(eq(batchJob.id, id));
  if (!row) throw noSuchBatch();
  return row;
}

/** Newest first. */
export async function listBatches(tx: Transaction, { after, limit }: BatchListQuery): Promise<BatchList> {
  const older = after === undefined ? undefined : lt(batchJob.id, after);
  const rows = await tx
    .select()
    .from(batchJob)
    .where(older)
    .orderBy(desc(batchJob.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { batches: page.map(asBatch), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Jobs that have not ended. */
export async function countUnfinished(tx: Transaction): Promise<number> {
  const rows = await tx.select({ id: batchJob.id }).from(batchJob).where(inArray(batchJob.state, unfinished));
  return rows.length;
}

/** Takes the oldest job that nobody runs; undefined when there is none. Whoever ran it before is refused from then on. */
export async function claimBatch(tx: Transaction): Promise<BatchRow | undefined> {
  const left = and(eq(batchJob.state, 'running'), lt(batchJob.leaseUntil, sql`now()`));
  const waiting = tx
    .select({ id: batchJob.id })
    .from(batchJob)
    .where(or(eq(batchJob.state, 'queued'), left))
    .orderBy(asc(batchJob.id))
    .limit(1)
    .$dynamic();
  // Most looks find nothing, and to lock a row is to write: on a full disk even a look would fail.
  if ((await waiting).length === 0) return undefined;
  const [next] = await waiting.for('update', { skipLocked: true });
  if (!next) return undefined;
  const [claimed] = await tx
    .update(batchJob)
    .set({
      state: 'running',
      problem: null,
      fence: sql`${batchJob.fence} + 1`,
      leaseUntil: lease,
      startedAt: sql`coalesce(${batchJob.startedAt}, now())`,
    })
    .where(eq(batchJob.id, next.id))
    .returning();
  return claimed;
}

const mine = ({ id, fence }: Claim) =>
  and(eq(batchJob.id, id), eq(batchJob.fence, fence), eq(batchJob.state, 'running'));

/** Keeps the lease, and the results of some more rows with what has been done by now. False when the job is no longer the caller's. */
export async function keepBatch(
  tx: Transaction,
  claim: Claim,
  more?: { progress: Progress; part: PartRow },
): Promise<boolean> {
  const kept = await tx
    .update(batchJob)
    .set({ ...more?.progress, leaseUntil: lease })
    .where(mine(claim))
    .returning({ id: batchJob.id });
  if (kept.length === 0) return false;
  if (more) await tx.insert(batchPart).values({ ...more.part, batchId: claim.id });
  return true;
}

/** Lets a job go: to its end, to wait for somebody, or, still running, to whoever comes next. False when it is no longer the caller's. */
export async function letGo(
  tx: Transaction,
  claim: Claim,
  state: 'done' | 'failed' | 'paused' | 'running',
  problem: string | null = null,
): Promise<boolean> {
  const ended = state === 'done' || state === 'failed';
  const gone = await tx
    .update(batchJob)
    .set({
      ...{ state, problem, rowsPerSecond: null, leaseUntil: sql`now()` },
      ...(ended ? { endedAt: sql`now()` } : {}),
    })
    .where(mine(claim))
    .returning({ id: batchJob.id });
  return gone.length > 0;
}

/** Moves a job on at somebody's wish; a job that is in none of the states `from` stays as it is. Throws `not_found`. */
export async function moveBatch(
  tx: Transaction,
  id: string,
  from: BatchState[],
  to: 'queued' | 'paused' | 'cancelled',
): Promise<{ row: BatchRow; moved: boolean }> {
  const [row] = await tx
    .update(batchJob)
    .set({
      ...{ state: to, problem: null, rowsPerSecond: null, fence: sql`${batchJob.fence} + 1` },
      endedAt: to === 'cancelled' ? sql`now()` : null,
    })
    .where(and(eq(batchJob.id, id), inArray(batchJob.state, from)))
    .returning();
  return row ? { row, moved: true } : { row: await findBatch(tx, id), moved: false };
}

/** Removes a job; answers the blobs that were only its own. Throws `not_found`. */
export async function removeBatch(tx: Transaction, id: string): Promise<string[]> {
  const [row] = await tx.delete(batchJob).where(eq(batchJob.id, id)).returning({ blob: batchJob.blob });
  if (!row) throw noSuchBatch();
  const parts = await tx
    .delete(batchPart)
    .where(eq(batchPart.batchId, id))
    .returning({ blob: batchPart.blob });
  return [row, ...parts].map(({ blob }) => blob);
}

/** The results there are, in the order of the rows. */
export async function listParts(
  tx: Transaction,
  id: string,
  { from = 0, onlyFailed = false } = {},
): Promise<PartRow[]> {
  const { firstRow, rows, failed, blob } = batchPart;
  const wanted = and(
    eq(batchPart.batchId, id),
    gt(sql`${firstRow} + ${rows}`, from),
    onlyFailed ? gte(failed, 1) : undefined,
  );
  return await tx
    .select({ firstRow, rows, failed, blob })
    .from(batchPart)
    .where(wanted)
    .orderBy(asc(firstRow));
}

/** Where one process owns the database, nobody else can be running what is marked so. */
export async function expireLeases(tx: Transaction): Promise<void> {
  await tx
    .update(batchJob)
    .set({ leaseUntil: sql`now() - interval '1 second'` })
    .where(eq(batchJob.state, 'running'));
}

export function asBatch(row: BatchRow): Batch {
  const { id, state, problem, task, model, ranOn, usage, createdBy, rowsPerSecond } = row;
  const { delimiter: _, ...order } = row.order;
  const left = row.rowsTotal - row.rowsDone;
  return {
    ...{ id, state, problem, task, model, ranOn, usage, createdBy, rowsPerSecond, ...order },
    rows: { total: row.rowsTotal, done: row.rowsDone, failed: row.rowsFailed },
    secondsLeft: rowsPerSecond ? Math.ceil(left / rowsPerSecond) : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

const noSuchBatch = () => new ParlanceError('not_found', 'There is no such job.');
