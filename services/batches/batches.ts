import { EventEmitter, once } from 'node:events';
import {
  type Batch,
  type BatchErrorList,
  type BatchList,
  type BatchListQuery,
  ParlanceError,
  type ResultFormat,
} from '#contracts';
import type { TaskRunner } from '#inference';
import type { BlobStore } from '../blobs.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { earlierResult } from '../db/idempotency.ts';
import { batchJob } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Principal } from '../principal.ts';
import {
  asBatch,
  type BatchRow,
  countUnfinished,
  findBatch,
  listBatches,
  listParts,
  moveBatch,
  removeBatch,
} from './batch-rows.ts';
import { failedRows, type ResultFile, resultFile } from './results.ts';
import { type BatchRunner, createRunner } from './runner.ts';
import { type BatchForm, type Received, receive } from './upload.ts';

type Who = Pick<Principal, 'tenant' | 'actor'>;

/** Long jobs: one task over every row of a file. */
export interface Batches {
  /**
   * Takes a file in and begins. Throws as `receive`, what a model or options that fit no row are refused with, `overloaded` while many jobs of the tenant
   * have not ended, `conflict` for an idempotency key of another request.
   */
  create(who: Who, forms: AsyncIterable<BatchForm>, idempotencyKey?: string): Promise<Batch>;
  /** Newest first. */
  list(tenant: string, page: BatchListQuery): Promise<BatchList>;
  /** Throws `not_found`. */
  get(tenant: string, id: string): Promise<Batch>;
  /** A job as it stands and at every change, until it has ended or `signal` is aborted. Throws `not_found`. */
  follow(tenant: string, id: string, signal: AbortSignal): AsyncIterable<Batch>;
  /** Stops one until it is resumed, over restarts. One that has ended, or is paused, stays as it is. Throws `not_found`. */
  pause(who: Who, id: string): Promise<Batch>;
  /** Goes on where it stood; one that has failed too. Throws `not_found`. */
  resume(who: Who, id: string): Promise<Batch>;
  /** Ends one for good; the results there are stay. Throws `not_found`. */
  cancel(who: Who, id: string): Promise<Batch>;
  /** Ends one and removes it with its file and its results. Throws `not_found`. */
  remove(who: Who, id: string): Promise<void>;
  /** The results there are by now. Throws `not_found`, `unsupported`. */
  results(tenant: string, id: string, format: ResultFormat | undefined): Promise<ResultFile>;
  /** The rows that failed, in their order. Throws `not_found`. */
  errors(tenant: string, id: string, page: { after: number; limit: number }): Promise<BatchErrorList>;
  /** Takes up what is left of a tenant's jobs. */
  attend: BatchRunner['attend'];
  /** Ends what runs; it goes on after the next start. */
  close(): Promise<void>;
}

export interface BatchParts {
  database: Database;
  blobs: BlobStore;
  tasks: Pick<TaskRunner, 'run' | 'checkOptions'>;
  log: { error(detail: object, message: string): void };
}

const maxUnfinished = 20;
/** A job takes minutes, and a client that comes back sooner sends the whole file for nothing. */
const details = { retryAfter: 60 };
/** How often a follower looks for what another process has done. */
const lookMs = 2000;
const ended = new Set(['done', 'failed', 'cancelled']);

export function createBatches(parts: BatchParts): Batches {
  const { database, blobs, tasks, log } = parts;
  const changes = new EventEmitter().setMaxListeners(0);
  const onProgress = (id: string) => void changes.emit(id);
  const runner = createRunner({ ...parts, onProgress });
  const inTenant = <T>(tenant: string, work: (tx: Transaction) => Promise<T>) =>
    database.withTenant(tenant, work);

  const shown = (job: Batch): Batch => {
    const problem = runner.problemOf(job.id);
    return problem === undefined ? job : { ...job, state: 'paused', problem };
  };
  const get = async (tenant: string, id: string): Promise<Batch> =>
    shown(asBatch(await inTenant(tenant, (tx) => findBatch(tx, id))));

  async function dropBlobs(some: string[]): Promise<void> {
    for (const blob of some)
      await blobs.delete(blob).catch((err) => log.error({ err }, 'a file of a job could not be removed'));
  }

  /** Answers the job and whether it is new. */
  function record(who: Who, id: string, received: Received, key: string | undefined) {
    const { task, model, order } = received;
    return inTenant(who.tenant, async (tx) => {
      if (key !== undefined) {
        const body = { task, model, order };
        const earlier = await earlierResult(tx, { key, operation: 'batch.create', body }, id);
        if (earlier) return { row: await findBatch(tx, earlier), isNew: false };
      }
      if ((await countUnfinished(tx)) >= maxUnfinished)
        throw new ParlanceError('overloaded', 'Many jobs have not ended yet. Start this one later.', {
          details,
        });
      const usage = { inputTokens: 0, outputTokens: 0, truncated: false };
      const values = { ...received, id, state: 'queued' as const, usage, createdBy: who.actor };
      const [row] = await tx.insert(batchJob).values(values).returning();
      if (!row) throw new Error('insert returned no row');
      const detail = { task, file: order.file.name, rows: received.rowsTotal };
      await recordAudit(tx, { actor: who.actor, action: 'batch.create', target: id, detail });
      return { row, isNew: true };
    });
  }

  async function move(
    { tenant, actor }: Who,
    id: string,
    [action, from, to]: readonly [
      'pause' | 'resume' | 'cancel',
      Batch['state'][],
      'queued' | 'paused' | 'cancelled',
    ],
  ): Promise<Batch> {
    const row = await inTenant(tenant, async (tx) => {
      const result = await moveBatch(tx, id, from, to);
      if (result.moved) await recordAudit(tx, { actor, action: `batch.${action}`, target: id });
      return result.row;
    });
    runner.drop(id);
    onProgress(id);
    if (to === 'queued') await attend(tenant);
    return asBatch(row);
  }

  /** Its jobs are looked for from its first one on. */
  async function attend(tenant: string): Promise<void> {
    await runner.attend(tenant);
    runner.wake(tenant);
  }

  return {
    async create(who, forms, idempotencyKey) {
      const id = newId('bat');
      const caller = { tenant: who.tenant, lane: 'batch' as const };
      const received = await receive(blobs, id, forms, (task, asked) =>
        tasks.checkOptions(task, asked, caller),
      );
      let created: BatchRow;
      try {
        const { row, isNew } = await record(who, id, received, idempotencyKey);
        created = row;
        if (!isNew) await dropBlobs([received.blob]);
      } catch (error) {
        await dropBlobs([received.blob]);
        throw error;
      }
      await attend(who.tenant);
      return asBatch(created);
    },
    async list(tenant, page) {
      // What another process has left of them goes on here from now on.
      await runner.attend(tenant);
      const { batches, next } = await inTenant(tenant, (tx) => listBatches(tx, page));
      return { batches: batches.map(shown), next };
    },
    get,
    async *follow(tenant, id, signal) {
      let last = '';
      while (!signal.aborted) {
        const look = AbortSignal.any([signal, AbortSignal.timeout(lookMs)]);
        const changed = once(changes, id, { signal: look }).catch(() => {});
        const now = await get(tenant, id);
        const text = JSON.stringify(now);
        if (text !== last) yield now;
        if (ended.has(now.state)) return;
        last = text;
        await changed;
      }
    },
    pause: (who, id) => move(who, id, ['pause', ['queued', 'running'], 'paused']),
    resume: (who, id) => move(who, id, ['resume', ['paused', 'failed'], 'queued']),
    cancel: (who, id) => move(who, id, ['cancel', ['queued', 'running', 'paused', 'failed'], 'cancelled']),
    async remove({ tenant, actor }, id) {
      const left = await inTenant(tenant, async (tx) => {
        await recordAudit(tx, { actor, action: 'batch.remove', target: id });
        return await removeBatch(tx, id);
      });
      runner.drop(id);
      onProgress(id);
      await dropBlobs(left);
    },
    async results(tenant, id, format) {
      const { job, kept } = await inTenant(tenant, async (tx) => ({
        job: await findBatch(tx, id),
        kept: await listParts(tx, id),
      }));
      return resultFile(blobs, job, kept, format);
    },
    async errors(tenant, id, { after, limit }) {
      const { job, kept } = await inTenant(tenant, async (tx) => ({
        job: await findBatch(tx, id),
        kept: await listParts(tx, id, { from: after, onlyFailed: true }),
      }));
      return await failedRows(blobs, job, kept, after, limit);
    },
    attend,
    close: () => runner.close(),
  };
}
