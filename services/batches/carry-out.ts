import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ModelUsed,
  ParlanceError,
  type TaskListResponse,
  type TaskName,
  type TaskUsage,
} from '#contracts';
import type { TaskRunner } from '#inference';
import type { BlobStore } from '../blobs.ts';
import type { Database } from '../db/database.ts';
import type { Backend } from '../rows/backend.ts';
import { readRows } from '../rows/formats.ts';
import type { Row } from '../rows/row.ts';
import { type Scored, score, sumOf } from '../rows/score.ts';
import { type BatchRow, keepBatch, leaseSeconds } from './batch-rows.ts';
import { getOwn } from './own-blob.ts';
import { Part } from './part.ts';
import { Speed } from './speed.ts';

export interface CarryOutParts {
  database: Database;
  blobs: BlobStore;
  tasks: Pick<TaskRunner, 'run'>;
  /** Hears that more of a job is there to be read. */
  onProgress(id: string): void;
}

/** Results are kept at the first of these: what a crash costs is at most so much of them. */
const keptEvery = { ms: 2000, rows: 4096, characters: 4 * 1024 ** 2 };

/** The job is another's now, or nobody's. */
export const lostBatch = () => new ParlanceError('conflict', 'The job is no longer run here.');

/**
 * Runs a claimed job from where it stands to its end, in constant memory. Rows are read as a stream and asked for in the batch
 * lane; their results are kept with the count of them in one transaction, so that after any break they go on from there, none
 * missing and none twice.
 * @throws ParlanceError `conflict` when somebody else has the job or it was stopped, `cancelled` when `signal` was aborted,
 * `storage_full`, and whatever would meet every row alike
 */
export async function carryOut(
  parts: CarryOutParts,
  tenant: string,
  job: BatchRow,
  signal: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const stop = AbortSignal.any([signal, lost.signal]);
  setMaxListeners(0, stop);
  const keep = async (more?: Parameters<typeof keepBatch>[2]) => {
    if (await parts.database.withTenant(tenant, (tx) => keepBatch(tx, job, more))) return;
    lost.abort();
    throw lostBatch();
  };
  // A chunk may take longer than the lease. What fails here fails again where somebody hears of it.
  const heartbeat = setInterval(() => void keep().catch(() => {}), (leaseSeconds * 1000) / 3);
  const results = new Results(parts, job, keep);
  try {
    const rows = from(rowsOf(parts.blobs, job), job.rowsDone);
    const options = { ...job.order.options, model: job.model ?? undefined };
    for await (const some of score(
      rows,
      bulkBackend(parts.tasks, tenant),
      job.task,
      options as never,
      stop,
    )) {
      await results.add(some);
      if (stop.aborted) break;
    }
    await results.keep();
    signal.throwIfAborted();
  } catch (error) {
    if (lost.signal.aborted) throw lostBatch();
    throw error;
  } finally {
    clearInterval(heartbeat);
    // What is in flight is nobody's any more.
    lost.abort();
  }
}

/** The rows of a job's file. */
export function rowsOf(blobs: BlobStore, { id, blob, order }: BatchRow): AsyncIterable<Row> {
  const { format, column } = order.file;
  const named = format === 'text' ? undefined : column;
  return readRows(getOwn(blobs, id, blob), { format, column: named, delimiter: order.delimiter });
}

async function* from(rows: AsyncIterable<Row>, first: number): AsyncGenerator<Row> {
  let at = 0;
  for await (const row of rows) if (at++ >= first) yield row;
}

/** Gathers results and keeps them in parts. */
class Results {
  readonly #parts: CarryOutParts;
  readonly #job: BatchRow;
  readonly #keep: (more: Parameters<typeof keepBatch>[2]) => Promise<void>;
  readonly #speed: Speed;
  #part: Part;
  #failed: number;
  #usage: TaskUsage;
  #ranOn: ModelUsed | null;
  #keptAt = performance.now();

  constructor(
    parts: CarryOutParts,
    job: BatchRow,
    keep: (more: Parameters<typeof keepBatch>[2]) => Promise<void>,
  ) {
    this.#parts = parts;
    this.#job = job;
    this.#keep = keep;
    this.#part = new Part(job.rowsDone);
    this.#speed = new Speed(job.rowsDone);
    this.#failed = job.rowsFailed;
    this.#usage = job.usage;
    this.#ranOn = job.ranOn;
  }

  async add({ rows, failed, usage, model }: Scored<TaskName>): Promise<void> {
    for (const row of rows) this.#part.add(row);
    this.#failed += failed;
    this.#usage = sumOf(this.#usage, usage);
    this.#ranOn = model ?? this.#ranOn;
    const due =
      performance.now() - this.#keptAt >= keptEvery.ms ||
      this.#part.rows >= keptEvery.rows ||
      this.#part.size >= keptEvery.characters;
    if (due) await this.keep();
  }

  async keep(): Promise<void> {
    if (this.#part.rows === 0) return;
    const { blobs, onProgress } = this.#parts;
    const { id } = this.#job;
    const part = await this.#part.keep(blobs, id);
    const rowsDone = part.firstRow + part.rows;
    const progress = {
      ...{ rowsDone, rowsFailed: this.#failed, usage: this.#usage, ranOn: this.#ranOn },
      rowsPerSecond: this.#speed.at(rowsDone),
    };
    try {
      await this.#keep({ progress, part });
    } catch (error) {
      await blobs.delete(part.blob).catch(() => {});
      throw error;
    }
    this.#part = new Part(rowsDone);
    this.#keptAt = performance.now();
    onProgress(id);
  }
}

/** How long a call may wait behind live requests, and how often it is made again when that was not enough. */
const timeoutMs = 600_000;
const maxTimeouts = 6;

/** Nobody waits for it: in the lane that yields to live requests, and coming back when the queue is full or did not move. */
function bulkBackend(tasks: Pick<TaskRunner, 'run'>, tenant: string): Pick<Backend, 'run'> {
  return {
    async run(task, texts, { model, ...options }, signal) {
      const caller = { tenant, lane: 'batch' as const, signal, timeoutMs };
      for (let timeouts = 0; ; ) {
        try {
          return (await tasks.run(task, { input: texts, model, options }, caller)) as TaskListResponse<never>;
        } catch (error) {
          if (!(error instanceof ParlanceError)) throw error;
          if (error.code !== 'overloaded' && (error.code !== 'timeout' || ++timeouts > maxTimeouts))
            throw error;
          await sleep((error.details.retryAfter ?? 1) * 1000, undefined, { signal });
        }
      }
    },
  };
}
