import { ParlanceError } from '#contracts';
import { Batcher, type BatcherLimits, type Capacity, type Lane } from './batcher.ts';
import { Crew, type CrewOptions } from './crew.ts';
import { expectedTokens } from './expected-tokens.ts';
import { cancelled, Job, type QueuedInput, timedOut, unavailable } from './job.ts';
import type { KernelInput } from './kernel.ts';
import { type KeeperOptions, type ModelCondition, ModelKeeper } from './model-keeper.ts';
import type { PoolObserver, PoolStatus } from './observer.ts';
import { type BatchPart, isWriter, type ModelReport } from './protocol.ts';
import type { InferenceReply, InferenceRequest, Runtime } from './runtime.ts';
import type { BatchReport, RunningBatch, WorkerProcess } from './worker-process.ts';

export interface PoolOptions extends CrewOptions, KeeperOptions {
  limits: BatcherLimits;
  observer: PoolObserver;
  /** A batch that takes longer means a stuck process. */
  batchTimeoutMs: number;
}

const sweepMs = 100;
/** Without a live request for so long, bulk work may take every worker, a few inputs at a time. */
const quietMs = 1000;

/** Forked workers behind one batcher. Starts nothing until `start`. */
export class Pool implements Runtime {
  readonly #options: PoolOptions;
  readonly #batcher: Batcher<QueuedInput>;
  readonly #crew: Crew;
  readonly #keeper: ModelKeeper;
  #sweeper: NodeJS.Timeout | undefined;
  #nextId = 1;
  /** When a live request came last. */
  #liveAt = Number.NEGATIVE_INFINITY;
  #state: 'running' | 'draining' | 'stopped' = 'running';
  /** Smoothed speed of one worker. */
  #tokensPerMs = 10;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#batcher = new Batcher(options.limits);
    this.#keeper = new ModelKeeper(options);
    this.#crew = new Crew(options, {
      onReady: () => this.#dispatch(),
      onModel: (report) => this.#noteModel(report),
      onPart: (batch, part) => this.#answer(batch, part),
      onPieces: ({ inputs }, pieces) => {
        for (const { row, text } of pieces) inputs[row]?.job.tell(inputs[row].index, text);
      },
      onBatch: (batch, report) => this.#finish(batch, report),
      onEnd: (reason, lost, worker) => this.#takeBack(reason, lost, worker),
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

  /** How a model is doing. */
  condition(model: string): ModelCondition {
    return this.#keeper.condition(model, this.#crew.live);
  }

  /** To be called when models came, went or were pinned. Of one that went, or is another now, nothing is kept. */
  modelsChanged(gone?: string): void {
    if (gone !== undefined) this.#keeper.records.forget(gone);
    this.#dispatch();
  }

  /** Whether anybody waits for an answer of this model. */
  uses(model: string): boolean {
    return this.#batcher.has((input) => input.job.model === model) || this.#crew.runs(model);
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
    const takes = this.#state === 'running' || (this.#state === 'draining' && request.admitted);
    if (!takes || this.#crew.hopeless) throw unavailable();
    const descriptor = this.#keeper.find(request.model, this.#crew.live);
    const limit = descriptor.card.maxTokens;
    if (request.signal?.aborted) throw cancelled();
    const tokensOf = (input: KernelInput) => expectedTokens(input, limit);
    if (!request.admitted) this.admit(request.inputs.length, request.lane);
    const job = new Job(request, performance.now(), { tokensOf, writes: isWriter(descriptor) });
    if (request.lane === 'interactive') this.#liveAt = performance.now();
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
    const quiet = performance.now() - this.#liveAt > quietMs;
    for (const writes of [false, true]) {
      const live = this.#crew.live;
      // Those that do nothing else first: what comes in between the steps of a long answer waits for a step.
      const idle = live
        .filter((worker) => worker.takes(writes))
        .sort((a, b) => Number(a.busy) - Number(b.busy));
      let free = idle.length;
      for (const worker of idle) {
        const usable = this.#keeper.usable(worker);
        const inputs = this.#batcher.take(
          { free, total: live.length, quiet },
          (input) => input.writes === writes && usable.has(input.job.model),
        );
        if (inputs.length === 0) continue;
        free--;
        const startedAt = performance.now();
        const batch = {
          id: this.#nextId++,
          writes,
          inputs,
          pending: new Set(inputs),
          startedAt,
          elapsedMs: 0,
        };
        worker.run(batch, this.#options.batchTimeoutMs);
      }
    }
    if (this.#state !== 'stopped') this.#loadWaited();
  }

  #loadWaited(): void {
    const live = this.#crew.live;
    const waited = (free: Capacity, fits: (model: string) => boolean) =>
      this.#batcher.next(free, ({ job }) => fits(job.model))?.job.model;
    for (const { model, error } of this.#keeper.loadWaited(live, waited)) this.#refuse(model, error);
  }

  #noteModel(report: ModelReport): void {
    this.#keeper.note(report);
    this.#refuseIfFailed(report.model);
    this.#dispatch();
  }

  #refuseIfFailed(model: string): void {
    const refusal = this.#keeper.refusal(model, this.#crew.live);
    if (refusal) this.#refuse(model, refusal);
  }

  /** Nobody is to wait for a model that cannot be used. */
  #refuse(model: string, error: ParlanceError): void {
    const refused = this.#batcher.remove((input) => input.job.model === model);
    for (const input of refused) input.job.fail(error);
    if (refused.length > 0) this.#options.observer.inputsDropped('failed', refused.length);
  }

  #answer(batch: RunningBatch, { rows, outputs, elapsedMs }: BatchPart): void {
    rows.forEach((row, at) => {
      const input = batch.inputs[row];
      const output = outputs[at];
      if (!input || !output || !batch.pending.delete(input)) return;
      const spent = { queueMs: batch.startedAt - input.enqueuedAt, batch: batch.id, inferenceMs: elapsedMs };
      input.job.complete(input.index, output, spent);
    });
    const tokens = outputs.reduce((sum, { tokens: read, written = 0 }) => sum + read + written, 0);
    const answered = { texts: rows.length, tokens, busyMs: elapsedMs - batch.elapsedMs };
    this.#keeper.records.answered(batch.inputs[0]?.job.model ?? '', answered);
    batch.elapsedMs = elapsedMs;
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
  #takeBack(reason: string, inputs: QueuedInput[], worker: WorkerProcess): void {
    this.#options.observer.workerEnded(reason, inputs.length);
    this.#noteDeath(reason, inputs, worker);
    const lost = inputs.filter((input) => !input.job.settled);
    for (const input of lost) {
      input.crashes++;
      input.group = `${input.job.model}#${this.#nextId++}`;
      if (input.crashes > 1 || input.told) input.job.fail(unavailable());
    }
    this.#batcher.putBack(lost.filter((input) => input.crashes === 1 && !input.told));
    for (const model of new Set(lost.map(({ job }) => job.model))) this.#refuseIfFailed(model);
    this.#sweepWhileBusy();
    const noneToCome = this.#state === 'stopped' || (this.#state === 'draining' && this.#crew.gone);
    if (noneToCome || this.#crew.hopeless) this.#giveUp();
    this.#dispatch();
  }

  /** A model of whose loading a worker dies is not tried again at once; nor is one of our own choice that costs one worker after the other. */
  #noteDeath(reason: string, lost: QueuedInput[], { loading }: WorkerProcess): void {
    if (reason === 'closed' || reason === 'stopped') return;
    if (loading !== undefined) {
      this.#keeper.died(loading, reason);
      this.#refuseIfFailed(loading);
    }
    const basic = new Set(this.#options.settings.models.map(({ card }) => card.id));
    for (const model of new Set(lost.map(({ job }) => job.model)))
      if (!basic.has(model)) this.#keeper.records.died(model, performance.now());
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
