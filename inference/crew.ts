import { ParlanceError } from '#contracts';
import type { QueuedInput } from './job.ts';
import type { Piece } from './progress.ts';
import type { BatchPart, ModelReport, WorkerSettings } from './protocol.ts';
import { type BatchReport, type RunningBatch, WorkerProcess } from './worker-process.ts';

export interface CrewOptions {
  /** The script that calls `serveWorker`; forked as it is, TypeScript or JavaScript. */
  workerUrl: URL;
  workers: number;
  settings: WorkerSettings;
  /** Resident memory above which a worker is replaced between two batches. */
  recycleBytes: number;
}

export interface CrewEvents {
  onReady(): void;
  /** Called for each model that was to be loaded, in whichever worker. */
  onModel(report: ModelReport): void;
  /** Called as inputs are answered. */
  onPart(batch: RunningBatch, part: BatchPart): void;
  onPieces(batch: RunningBatch, pieces: Piece[]): void;
  onBatch(batch: RunningBatch, report: BatchReport): void;
  /** A process ended; `lost` is what it had not answered. The crew sees to a replacement by itself. */
  onEnd(reason: string, lost: QueuedInput[], worker: WorkerProcess): void;
  /** No worker is up and the last starts all failed: waiting for one would be in vain. */
  onHopeless(): void;
}

const longestBackoffMs = 5_000;
/** Starts that fail in a row, with no worker up, before waiting is called vain. Trying goes on. */
const givesUpAfter = 3;

/** Keeps a number of worker processes alive: forks, replaces what ends, recycles what grows. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #events: CrewEvents;
  readonly #workers = new Set<WorkerProcess>();
  readonly #respawns = new Set<NodeJS.Timeout>();
  #restarts = 0;
  #failedStarts = 0;
  #retired = false;
  #whenReady: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: CrewOptions, events: CrewEvents) {
    this.#options = options;
    this.#events = events;
  }

  /**
   * Forks the workers and resolves when the first has its models loaded and warm.
   * @throws ParlanceError `model_unavailable` when the first starts of all have failed
   */
  async start(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#whenReady = { resolve, reject };
    });
    for (let count = 0; count < this.#options.workers; count++) this.#spawn();
    await ready;
  }

  /** Workers that take batches. */
  get live(): WorkerProcess[] {
    return [...this.#workers].filter((worker) => worker.ready && !worker.retiring);
  }

  get busy(): boolean {
    return [...this.#workers].some((worker) => worker.busy);
  }

  /** As `WorkerProcess.runs`, whichever it is. */
  runs(model: string): boolean {
    return [...this.#workers].some((worker) => worker.runs(model));
  }

  /** As `WorkerProcess.drop`, whichever worker has it. */
  drop(match: (input: QueuedInput) => boolean): QueuedInput[] {
    return [...this.#workers].flatMap((worker) => worker.drop(match));
  }

  get gone(): boolean {
    return this.#workers.size === 0;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get rssBytes(): number[] {
    return [...this.#workers].map((worker) => worker.rssBytes);
  }

  get hopeless(): boolean {
    return this.#failedStarts >= givesUpAfter && this.live.length === 0;
  }

  /** From now on nothing that ends is replaced. */
  retire(): void {
    this.#retired = true;
    for (const respawn of this.#respawns) clearTimeout(respawn);
  }

  /** Ends every worker, whatever it does. */
  close(): void {
    this.retire();
    this.#whenReady?.reject(
      new ParlanceError('cancelled', 'The workers were stopped before they were ready.'),
    );
    for (const worker of this.#workers) {
      if (worker.busy) worker.kill('stopped');
      else worker.close();
    }
  }

  #spawn(): void {
    const worker = new WorkerProcess(this.#options.workerUrl, this.#options.settings, {
      onReady: () => {
        this.#failedStarts = 0;
        this.#whenReady?.resolve();
        this.#events.onReady();
      },
      onModel: this.#events.onModel,
      onPart: this.#events.onPart,
      onPieces: this.#events.onPieces,
      onBatch: (from, batch, report) => {
        this.#recycle(from);
        this.#events.onBatch(batch, report);
      },
      onExit: (from, lost, reason) => this.#replace(from, lost, reason),
    });
    this.#workers.add(worker);
  }

  /** One at a time, so that the others carry on meanwhile. */
  #recycle(worker: WorkerProcess): void {
    const replacing = [...this.#workers].some((each) => each.retiring || !each.ready);
    // What was loaded on demand is meant to be there.
    const basic = new Set(this.#options.settings.models.map(({ card }) => card.id));
    const added = worker.models.all.reduce((sum, { id, bytes }) => sum + (basic.has(id) ? 0 : bytes), 0);
    const large = worker.rssBytes - added > this.#options.recycleBytes;
    // One that is loading has its turn after its next batch: nobody would see that it has nothing left to do.
    if (large && !replacing && worker.loading === undefined) worker.retiring = true;
    if (worker.retiring && !worker.busy) worker.close();
  }

  #replace(worker: WorkerProcess, lost: QueuedInput[], reason: string): void {
    this.#workers.delete(worker);
    if (!this.#retired) this.#respawn(worker.started ? undefined : reason);
    this.#events.onEnd(reason, lost, worker);
  }

  /** @param failedStart why the worker did not start, when it did not */
  #respawn(failedStart: string | undefined): void {
    this.#restarts++;
    if (failedStart !== undefined) this.#noteFailedStart(failedStart);
    const backoff = this.#failedStarts === 0 ? 0 : Math.min(100 * 2 ** this.#failedStarts, longestBackoffMs);
    // Not unref'd: with no worker alive this timer is all that keeps a process with waiting callers from ending.
    const timer = setTimeout(() => {
      this.#respawns.delete(timer);
      this.#spawn();
    }, backoff);
    this.#respawns.add(timer);
  }

  #noteFailedStart(reason: string): void {
    this.#failedStarts++;
    if (!this.hopeless) return;
    this.#whenReady?.reject(new ParlanceError('model_unavailable', `A worker could not start: ${reason}`));
    this.#events.onHopeless();
  }
}
