import { ParlanceError } from '#contracts';
import { Batcher, type BatcherLimits, type Lane } from './batcher.ts';
import { Crew, type CrewOptions } from './crew.ts';
import { expectedTokens } from './expected-tokens.ts';
import { cancelled, Job, type QueuedInput, timedOut, unavailable } from './job.ts';
import type { KernelInput } from './kernel.ts';
import { type BatchPart, isWriter } from './protocol.ts';
import type { InferenceReply, InferenceRequest, Runtime } from './runtime.ts';
import type { BatchReport, RunningBatch } from './worker-process.ts';

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

export interface PoolOptions extends CrewOptions {
  limits: BatcherLimits;
  observer: PoolObserver;
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

/** Forked workers behind one batcher. Starts nothing until `start`. */
export class Pool implements Runtime {
  readonly #options: PoolOptions;
  readonly #batcher: Batcher<QueuedInput>;
  readonly #crew: Crew;
  readonly #maxTokens: Map<string, number>;
  /** Models that write token by token. */
  readonly #writing: Set<string>;
  #sweeper: NodeJS.Timeout | undefined;
  #nextId = 1;
  #state: 'running' | 'draining' | 'stopped' = 'running';
  /** Smoothed speed of one worker. */
  #tokensPerMs = 10;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#batcher = new Batcher(options.limits);
    this.#maxTokens = new Map(options.settings.models.map(({ card }) => [card.id, card.maxTokens]));
    this.#writing = new Set(options.settings.models.filter(isWriter).map(({ card }) => card.id));
    this.#crew = new Crew(options, {
      onReady: () => this.#dispatch(),
      onPart: (batch, part) => this.#answer(batch, part),
      onPieces: ({ inputs }, pieces) => {
        for (const { row, text } of pieces) inputs[row]?.job.tell(inputs[row].index, text);
      },
      onBatch: (batch, report) => this.#finish(batch, report),
      onEnd: (reason, lost) => this.#takeBack(reason, lost),
      onHopeless: () => this.#giveUp(),
    });
  }

  /** Forks the workers; as `Crew.start`. */
  start(): Promise<void> {
    return this.#crew.start();
  }

  get status(): PoolStatus {
    return {
      ready: this.#crew.live.length,
      total: this.#options.workers,
      restarts: this.#crew.restarts,
      queuedInputs: this.#batcher.length,
      queuedTokens: this.#batcher.queuedTokens,
      rssBytes: this.#crew.rssBytes,
    };
  }

  /** True while live requests would be refused. */
  get full(): boolean {
    return this.#batcher.full('interactive');
  }

  /**
   * Refuses while the lane is full, and counts it; a surface may ask before it reads a body.
   * @param inputs how many are refused, as far as the caller knows
   * @throws ParlanceError `overloaded` with the time the queue needs at the present speed
   */
  admit(inputs = 1, lane: Lane = 'interactive'): void {
    if (!this.#batcher.full(lane)) return;
    this.#options.observer.inputsDropped('overloaded', inputs);
    throw this.#overloaded(lane);
  }

  async infer(request: InferenceRequest): Promise<InferenceReply> {
    const limit = this.#maxTokens.get(request.model);
    const takes = this.#state === 'running' || (this.#state === 'draining' && request.admitted);
    if (!takes || limit === undefined || this.#crew.hopeless) throw unavailable();
    if (request.signal?.aborted) throw cancelled();
    const tokensOf = (input: KernelInput) => expectedTokens(input, limit);
    if (!request.admitted) this.admit(request.inputs.length, request.lane);
    const job = new Job(request, performance.now(), { tokensOf, writes: this.#writing.has(request.model) });
    this.#batcher.offer(job.inputs, { admitted: request.admitted });
    this.#sweepWhileBusy();
    if (request.signal) this.#dropOnAbort(job, request.signal);
    this.#dispatch();
    return job.reply;
  }

  #overloaded(lane: Lane): ParlanceError {
    const speed = this.#tokensPerMs * this.#options.workers;
    const seconds = Math.ceil(this.#batcher.tokensIn(lane) / speed / 1000);
    const retryAfter = Math.min(Math.max(seconds, 1), 30);
    return new ParlanceError('overloaded', `The server is busy. Try again in ${retryAfter} s.`, {
      details: { retryAfter },
    });
  }

  /** Takes nothing new, gives what was taken `graceMs` to finish, then ends the workers. */
  async stop(graceMs: number): Promise<void> {
    this.#state = 'draining';
    this.#crew.retire();
    const until = performance.now() + graceMs;
    while ((this.#batcher.length > 0 || this.#crew.busy) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#state = 'stopped';
    clearInterval(this.#sweeper);
    this.#giveUp();
    this.#crew.close();
  }

  #dispatch(): void {
    for (const writes of [false, true]) {
      const live = this.#crew.live;
      // Those that do nothing else first: what comes in between the steps of a long answer waits for a step.
      const idle = live
        .filter((worker) => worker.takes(writes))
        .sort((a, b) => Number(a.busy) - Number(b.busy));
      for (const [at, worker] of idle.entries()) {
        const free = { free: idle.length - at, total: live.length };
        const inputs = this.#batcher.take(free, (input) => input.writes === writes);
        if (inputs.length === 0) break;
        const startedAt = performance.now();
        const batch = { id: this.#nextId++, writes, inputs, pending: new Set(inputs), startedAt };
        worker.run(batch, this.#options.batchTimeoutMs);
      }
    }
  }

  #answer(batch: RunningBatch, { rows, outputs, elapsedMs }: BatchPart): void {
    rows.forEach((row, at) => {
      const input = batch.inputs[row];
      const output = outputs[at];
      if (!input || !output || !batch.pending.delete(input)) return;
      const spent = { queueMs: batch.startedAt - input.enqueuedAt, batch: batch.id, inferenceMs: elapsedMs };
      input.job.complete(input.index, output, spent);
    });
  }

  #finish(batch: RunningBatch, report: BatchReport): void {
    this.#dispatch();
    if (report.type === 'batch-failed') {
      const error = new ParlanceError('internal', 'The model could not process this input.', {
        cause: report.reason,
      });
      for (const input of batch.pending) input.job.fail(error);
      this.#options.observer.inputsDropped('failed', batch.pending.size);
      return;
    }
    const { tokenizeMs, runMs, paddedTokens } = report;
    this.#tokensPerMs += 0.05 * (paddedTokens / Math.max(tokenizeMs + runMs, 0.1) - this.#tokensPerMs);
    const queueMs = batch.inputs.map((input) => batch.startedAt - input.enqueuedAt);
    const { length: inputs } = batch.inputs;
    this.#options.observer.batchDone({ inputs, paddedTokens, queueMs, tokenizeMs, runMs });
  }

  /**
   * A dead worker costs its own batches only: each input is tried once more, alone, so that a poisonous one is found; but not one that
   * was told in part.
   */
  #takeBack(reason: string, inputs: QueuedInput[]): void {
    this.#options.observer.workerEnded(reason, inputs.length);
    const lost = inputs.filter((input) => !input.job.settled);
    for (const input of lost) {
      input.crashes++;
      input.group = `${input.job.model}#${this.#nextId++}`;
      if (input.crashes > 1 || input.told) input.job.fail(unavailable());
    }
    this.#batcher.putBack(lost.filter((input) => input.crashes === 1 && !input.told));
    this.#sweepWhileBusy();
    const noneToCome = this.#state === 'stopped' || (this.#state === 'draining' && this.#crew.gone);
    if (noneToCome || this.#crew.hopeless) this.#giveUp();
    this.#dispatch();
  }

  #giveUp(): void {
    for (const input of this.#batcher.remove(() => true)) input.job.fail(unavailable());
  }

  /** The listener goes with the job: a signal may outlive many jobs of the same caller. */
  #dropOnAbort(job: Job, signal: AbortSignal): void {
    const drop = () => {
      this.#drop((input) => input.job === job, 'cancelled', cancelled());
      job.fail(cancelled());
    };
    signal.addEventListener('abort', drop, { once: true });
    const forget = () => signal.removeEventListener('abort', drop);
    job.reply.then(forget, forget);
  }

  #sweepWhileBusy(): void {
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepMs).unref();
  }

  #sweep(): void {
    const now = performance.now();
    this.#drop((input) => input.deadlineAt <= now, 'timeout', timedOut());
    if (this.#batcher.length > 0 || this.#crew.busy) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  #drop(match: (input: QueuedInput) => boolean, reason: 'timeout' | 'cancelled', error: ParlanceError): void {
    const dropped = [...this.#batcher.remove(match), ...this.#crew.drop(match)];
    for (const input of dropped) input.job.fail(error);
    if (dropped.length > 0) this.#options.observer.inputsDropped(reason, dropped.length);
  }
}
