import { ParlanceError } from '#contracts';
import { Batcher, type BatcherLimits } from './batcher.ts';
import { cancelled, Job, type QueuedInput, timedOut } from './job.ts';
import type { WorkerSettings } from './protocol.ts';
import type { InferenceReply, InferenceRequest, Runtime } from './runtime.ts';
import { type BatchReport, type RunningBatch, WorkerProcess } from './worker-process.ts';

/** What the pool tells about its work, for metrics and the log. Times are milliseconds. */
export interface PoolObserver {
  batchDone(batch: {
    inputs: number;
    paddedTokens: number;
    queueMs: number[];
    tokenizeMs: number;
    runMs: number;
  }): void;
  inputsDropped(reason: 'overloaded' | 'timeout' | 'cancelled' | 'failed', count: number): void;
  workerEnded(reason: string, lostInputs: number): void;
}

export interface PoolOptions {
  /** The script that calls `serveWorker`; forked as it is, TypeScript or JavaScript. */
  workerUrl: URL;
  workers: number;
  settings: WorkerSettings;
  limits: BatcherLimits;
  observer: PoolObserver;
  /** Resident memory above which a worker is replaced between two batches. */
  recycleBytes: number;
  /** A batch that takes longer means a stuck process. */
  batchTimeoutMs: number;
}

/** How the workers are doing. */
export interface PoolStatus {
  ready: number;
  total: number;
  restarts: number;
  queuedInputs: number;
  queuedTokens: number;
  rssBytes: number[];
}

const sweepMs = 100;
const longestBackoffMs = 5_000;
/** Starts that fail in a row before waiting callers are told that there is no model. */
const givesUpAfter = 3;
/** Characters an English WordPiece token covers; only an estimate, see `Entry.tokens`. */
const charactersPerToken = 4;

/** Forked workers behind one batcher. Starts nothing until `start`. */
export class Pool implements Runtime {
  readonly #options: PoolOptions;
  readonly #batcher: Batcher<QueuedInput>;
  readonly #workers = new Set<WorkerProcess>();
  readonly #maxTokens: Map<string, number>;
  #sweeper: NodeJS.Timeout | undefined;
  #nextId = 1;
  #restarts = 0;
  #failedStarts = 0;
  #stopping = false;
  #stopped = false;
  readonly #respawns = new Set<NodeJS.Timeout>();
  /** Smoothed speed of one worker. */
  #tokensPerMs = 10;
  #whenReady: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#batcher = new Batcher(options.limits);
    this.#maxTokens = new Map(options.settings.models.map(({ card }) => [card.id, card.maxTokens]));
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

  get status(): PoolStatus {
    const workers = [...this.#workers];
    return {
      ready: workers.filter((worker) => worker.ready).length,
      total: this.#options.workers,
      restarts: this.#restarts,
      queuedInputs: this.#batcher.length,
      queuedTokens: this.#batcher.queuedTokens,
      rssBytes: workers.map((worker) => worker.rssBytes),
    };
  }

  /** True while new work would be refused: lets a caller refuse before it reads a body. */
  get full(): boolean {
    return this.#batcher.full;
  }

  infer(request: InferenceRequest): Promise<InferenceReply> {
    const limit = this.#maxTokens.get(request.model);
    const refused = this.#stopping && !request.admitted;
    if (refused || this.#stopped || limit === undefined || this.#hopeless)
      return Promise.reject(unavailable());
    if (request.signal?.aborted) return Promise.reject(cancelled());
    const estimate = (text: string) => Math.min(limit, 2 + Math.ceil(text.length / charactersPerToken));
    const job = new Job(request, performance.now(), estimate);
    if (this.#batcher.full && !request.admitted) {
      this.#options.observer.inputsDropped('overloaded', job.inputs.length);
      return Promise.reject(this.overloaded());
    }
    this.#batcher.offer(job.inputs, { admitted: request.admitted });
    this.#sweepWhileQueued();
    if (request.signal) this.#dropOnAbort(job, request.signal);
    this.#dispatch();
    return job.reply;
  }

  /** The refusal for now, with the time the queue needs at the present speed. */
  overloaded(): ParlanceError {
    const speed = this.#tokensPerMs * this.#options.workers;
    const seconds = Math.ceil(this.#batcher.queuedTokens / speed / 1000);
    const retryAfter = Math.min(Math.max(seconds, 1), 30);
    return new ParlanceError('overloaded', `The server is busy. Try again in ${retryAfter} s.`, {
      details: { retryAfter },
    });
  }

  /** Takes nothing new, gives what was taken `graceMs` to finish, then ends the workers. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    for (const respawn of this.#respawns) clearTimeout(respawn);
    const until = performance.now() + graceMs;
    const working = () => this.#batcher.length > 0 || [...this.#workers].some((worker) => worker.busy);
    while (working() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#stopped = true;
    clearInterval(this.#sweeper);
    this.#flush();
    this.#whenReady?.reject(unavailable());
    for (const worker of this.#workers) {
      if (worker.busy) worker.kill('stopped');
      else worker.close();
    }
  }

  /** The listener goes with the job: a signal may outlive many jobs of the same caller. */
  #dropOnAbort(job: Job, signal: AbortSignal): void {
    const drop = () => {
      this.#drop('cancelled', (input) => input.job === job);
      // What a worker has of it runs to its end, but is not tried again should the worker die.
      job.fail(cancelled());
    };
    signal.addEventListener('abort', drop, { once: true });
    const forget = () => signal.removeEventListener('abort', drop);
    job.reply.then(forget, forget);
  }

  #spawn(): void {
    const worker = new WorkerProcess(this.#options.workerUrl, this.#options.settings, {
      onReady: () => {
        this.#failedStarts = 0;
        this.#whenReady?.resolve();
        this.#dispatch();
      },
      onBatch: (from, batch, report) => this.#finish(from, batch, report),
      onExit: (from, batch, reason) => this.#replace(from, batch, reason),
    });
    this.#workers.add(worker);
  }

  #dispatch(): void {
    const live = [...this.#workers].filter((worker) => worker.ready && !worker.retiring);
    const idle = live.filter((worker) => worker.idle);
    for (let free = idle.length; free > 0; free--) {
      const inputs = this.#batcher.take({ free, total: live.length });
      if (inputs.length === 0) return;
      const batch = { id: this.#nextId++, inputs, startedAt: performance.now() };
      idle[idle.length - free]?.run(batch, this.#options.batchTimeoutMs);
    }
  }

  #finish(worker: WorkerProcess, batch: RunningBatch, report: BatchReport): void {
    if (worker.rssBytes > this.#options.recycleBytes && !this.#retiringOne()) {
      worker.retiring = true;
      worker.close();
    }
    this.#dispatch();
    if (report.type === 'batch-failed') {
      const error = new ParlanceError('internal', 'The model could not process this input.', {
        cause: report.reason,
      });
      for (const input of batch.inputs) input.job.fail(error);
      this.#options.observer.inputsDropped('failed', batch.inputs.length);
      return;
    }
    const spentMs = report.tokenizeMs + report.runMs;
    this.#tokensPerMs += 0.05 * (report.paddedTokens / Math.max(spentMs, 0.1) - this.#tokensPerMs);
    const queueMs = batch.inputs.map((input) => batch.startedAt - input.enqueuedAt);
    for (const job of new Set(batch.inputs.map((input) => input.job))) job.addInference(spentMs);
    batch.inputs.forEach((input, at) => {
      const output = report.outputs[at];
      if (output) input.job.complete(input.index, output, queueMs[at] ?? 0);
    });
    const { tokenizeMs, runMs, paddedTokens } = report;
    this.#options.observer.batchDone({
      inputs: batch.inputs.length,
      paddedTokens,
      queueMs,
      tokenizeMs,
      runMs,
    });
  }

  /** A dead worker costs its own batch only: each input is tried once more, alone, so that a poisonous one is found. */
  #replace(worker: WorkerProcess, batch: RunningBatch | undefined, reason: string): void {
    this.#workers.delete(worker);
    this.#options.observer.workerEnded(reason, batch?.inputs.length ?? 0);
    const lost = (batch?.inputs ?? []).filter((input) => !input.job.settled);
    for (const input of lost) {
      input.crashes++;
      input.group = `${input.job.model}#${this.#nextId++}`;
      if (input.crashes > 1) input.job.fail(unavailable());
    }
    this.#batcher.putBack(lost.filter((input) => input.crashes === 1));
    this.#sweepWhileQueued();
    if (this.#stopping) this.#afterStop();
    else this.#respawn(worker.started ? undefined : reason);
    this.#dispatch();
  }

  /** Without a worker to come, what was put back can only be failed. */
  #afterStop(): void {
    if (this.#stopped || this.#workers.size === 0) this.#flush();
  }

  /** @param failedStart why the worker did not start, when it did not */
  #respawn(failedStart: string | undefined): void {
    this.#restarts++;
    if (failedStart !== undefined) this.#startFailed(failedStart);
    const backoff = this.#failedStarts === 0 ? 0 : Math.min(100 * 2 ** this.#failedStarts, longestBackoffMs);
    // Not unref'd: with no worker alive this timer is all that keeps a process with waiting callers from ending.
    const timer = setTimeout(() => {
      this.#respawns.delete(timer);
      this.#spawn();
    }, backoff);
    this.#respawns.add(timer);
  }

  #startFailed(reason: string): void {
    this.#failedStarts++;
    if (!this.#hopeless) return;
    this.#whenReady?.reject(new ParlanceError('model_unavailable', `A worker could not start: ${reason}`));
    this.#flush();
  }

  /** No worker is up and the last starts all failed: waiting would be in vain. */
  get #hopeless(): boolean {
    return this.#failedStarts >= givesUpAfter && ![...this.#workers].some((worker) => worker.ready);
  }

  #flush(): void {
    for (const input of this.#batcher.remove(() => true)) input.job.fail(unavailable());
  }

  #retiringOne(): boolean {
    return [...this.#workers].some((worker) => worker.retiring || !worker.ready);
  }

  #sweepWhileQueued(): void {
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepMs).unref();
  }

  #sweep(): void {
    const now = performance.now();
    this.#drop('timeout', (input) => input.deadlineAt <= now);
    if (this.#batcher.length > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  #drop(reason: 'timeout' | 'cancelled', drop: (input: QueuedInput) => boolean): void {
    const dropped = this.#batcher.remove(drop);
    for (const input of dropped) input.job.fail(reason === 'timeout' ? timedOut() : cancelled());
    if (dropped.length > 0) this.#options.observer.inputsDropped(reason, dropped.length);
  }
}

const unavailable = () =>
  new ParlanceError('model_unavailable', 'The model is not available right now. Try again in a moment.', {
    details: { retryAfter: 5 },
  });
