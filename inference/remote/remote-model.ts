import { type ModelCard, ParlanceError } from '#contracts';
import { Batcher } from '../batcher.ts';
import { expectedTokens } from '../expected-tokens.ts';
import { cancelled, Job, type QueuedInput, timedOut, unavailable } from '../job.ts';
import type { KernelInput, KernelOutput } from '../kernel.ts';
import type { ModelCondition } from '../model-keeper.ts';
import type { InferenceReply, InferenceRequest, Runtime } from '../runtime.ts';
import { malformed } from './read.ts';
import type { ModelServer } from './server.ts';

/** What a model behind an endpoint tells about its work. Times are milliseconds. */
export interface RemoteObserver {
  answered(model: string, batch: { inputs: number; queueMs: number[]; runMs: number }): void;
  failed(model: string, error: ParlanceError, inputs: number): void;
}

export interface RemoteModelOptions {
  card: ModelCard;
  server: ModelServer;
  observer: RemoteObserver;
  /** Estimated tokens waiting at which new work is refused. */
  queueTokens: number;
}

/** Requests that a server has at once: enough to hide the way there and back, few enough that its own queue stays short. */
const connections = 4;
/** Inputs of one request, and of one of the batch lane. What a server takes at most may be less, and is its protocol's business. */
const batchItems = 32;
const batchLaneItems = 8;
/** However patient the callers are, a server that is silent for this long is given up. */
const longestSilenceMs = 60_000;
/** Between two looks at a server that nobody asks anything. */
const checkEveryMs = 15_000;
const checkTimeoutMs = 5_000;

interface Batch {
  inputs: QueuedInput[];
  pending: Set<QueuedInput>;
  abort: AbortController;
}

/**
 * The queue in front of one model behind an endpoint. Of its own, so that a slow server holds up its own callers and nobody else's;
 * in this process, since there is nothing to do but wait. The same batcher as before the workers: lanes, turns of tenants, one bound.
 */
export class RemoteModel implements Runtime {
  readonly #options: RemoteModelOptions;
  readonly #batcher: Batcher<QueuedInput>;
  readonly #running = new Set<Batch>();
  #nextId = 1;
  #condition: ModelCondition = { state: 'available', workers: 0, texts: 0, tokens: 0, busyMs: 0 };
  #watch: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: RemoteModelOptions) {
    this.#options = options;
    const { queueTokens, server } = options;
    const { batchTokens } = server;
    this.#batcher = new Batcher({ queueTokens, batchTokens, batchItems, batchLaneItems });
  }

  /** As the server was when it was last asked anything. No worker holds the model. */
  get condition(): ModelCondition {
    return this.#condition;
  }

  get queuedInputs(): number {
    return this.#batcher.length;
  }

  /** Looks at the server now and then, so that its state is known without traffic. Resolves after the first look. */
  async start(): Promise<void> {
    this.#watch = setInterval(() => void this.#check(), checkEveryMs).unref();
    await this.#check();
  }

  async infer(request: InferenceRequest): Promise<InferenceReply> {
    if (this.#stopped) throw unavailable();
    if (request.signal?.aborted) throw cancelled();
    const { maxTokens } = this.#options.card;
    const tokensOf = (input: KernelInput) => expectedTokens(input, maxTokens);
    const job = new Job(request, performance.now(), { tokensOf, writes: false });
    if (this.#batcher.full(request.lane) && !request.admitted) throw this.#overloaded(request.inputs.length);
    this.#batcher.offer(job.inputs, { admitted: true });
    this.#letGo(job, request);
    this.#dispatch();
    return job.reply;
  }

  /** Gives what was taken `graceMs` to finish, and breaks off the rest. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#watch);
    const until = performance.now() + graceMs;
    while (this.#running.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const input of this.#batcher.remove(() => true)) input.job.fail(unavailable());
    for (const { abort } of this.#running) abort.abort(unavailable());
  }

  #overloaded(inputs: number): ParlanceError {
    const { card, observer } = this.#options;
    const error = new ParlanceError(
      'overloaded',
      `More waits for the server of model ${card.id} than it can do. Try again in 2 s.`,
      { details: { retryAfter: 2 } },
    );
    observer.failed(card.id, error, inputs);
    return error;
  }

  /** A caller who hangs up or whose time is over is answered at once; a request that nobody waits for any more is broken off. */
  #letGo(job: Job, { signal, timeoutMs = 30_000 }: InferenceRequest): void {
    const leave = (error: ParlanceError) => {
      job.fail(error);
      this.#batcher.remove((input) => input.job === job);
      for (const { inputs, abort } of this.#running) {
        if (inputs.every((input) => input.job.settled)) abort.abort(error);
      }
    };
    const timer = setTimeout(() => leave(timedOut()), timeoutMs);
    const hangUp = () => leave(cancelled());
    signal?.addEventListener('abort', hangUp, { once: true });
    const forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hangUp);
    };
    job.reply.then(forget, forget);
  }

  #dispatch(): void {
    for (let free = connections - this.#running.size; free > 0; free--) {
      const inputs = this.#batcher.take({ free, total: connections });
      if (inputs.length === 0) return;
      const batch = { inputs, pending: new Set(inputs), abort: new AbortController() };
      this.#running.add(batch);
      void this.#run(batch).finally(() => {
        this.#running.delete(batch);
        this.#dispatch();
      });
    }
  }

  async #run({ inputs, pending, abort }: Batch): Promise<void> {
    const { card, server, observer } = this.#options;
    const id = this.#nextId++;
    const startedAt = performance.now();
    let tokens = 0;
    const silence = setTimeout(() => abort.abort(silent(card)), longestSilenceMs);
    try {
      const asked = inputs.map(({ input }) => input as KernelInput);
      for await (const { rows, outputs } of server.answer(asked, abort.signal)) {
        silence.refresh();
        const inferenceMs = performance.now() - startedAt;
        rows.forEach((row, at) => {
          const input = inputs[row];
          const output = outputs[at];
          if (!input || !output) return;
          const spent = { queueMs: startedAt - input.enqueuedAt, batch: id, inferenceMs };
          if (output instanceof ParlanceError) input.job.fail(output);
          else {
            input.job.complete(input.index, checked(card, output), spent);
            tokens += output.tokens;
          }
          pending.delete(input);
        });
      }
      if (pending.size > 0) throw malformed(card.id, `leaves out ${pending.size} of ${inputs.length} texts`);
      const runMs = performance.now() - startedAt;
      this.#note({ texts: inputs.length, tokens, runMs });
      const queueMs = inputs.map((input) => startedAt - input.enqueuedAt);
      observer.answered(card.id, { inputs: inputs.length, queueMs, runMs });
    } catch (thrown) {
      const error = asFailure(card, thrown);
      this.#blame(error);
      observer.failed(card.id, error, pending.size);
      for (const { job } of pending) job.fail(error);
    } finally {
      clearTimeout(silence);
    }
  }

  async #check(): Promise<void> {
    const { card, server } = this.#options;
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(silent(card)), checkTimeoutMs);
    try {
      await server.check(timer.signal);
      this.#note({ texts: 0, tokens: 0, runMs: 0 });
    } catch (thrown) {
      this.#blame(asFailure(card, thrown));
    } finally {
      clearTimeout(timeout);
    }
  }

  #note(answered: { texts: number; tokens: number; runMs: number }): void {
    const { workers, texts, tokens, busyMs } = this.#condition;
    this.#condition = {
      ...{ state: 'ready', workers, texts: texts + answered.texts, tokens: tokens + answered.tokens },
      busyMs: busyMs + answered.runMs,
    };
  }

  /** What a caller did, or did not wait for, says nothing about the server. */
  #blame({ code, message: reason }: ParlanceError): void {
    if (code === 'cancelled' || code === 'timeout' || code === 'overloaded') return;
    this.#condition = { ...this.#condition, state: 'failed', reason };
  }
}

const silent = ({ id }: ModelCard) =>
  new ParlanceError('provider_failed', `The server of model ${id} does not answer. Try again later.`, {
    details: { retryAfter: 5 },
  });

/** What is thrown beside errors on purpose comes from reading what the server sent. */
const asFailure = ({ id }: ModelCard, thrown: unknown): ParlanceError =>
  thrown instanceof ParlanceError ? thrown : malformed(id, 'cannot be used', thrown);

/**
 * An output as the card promises it.
 * @throws ParlanceError `provider_failed` for a vector of another length, or with something in it that is no number
 */
function checked(card: ModelCard, output: KernelOutput): KernelOutput {
  const { value } = output;
  const width = card.labels?.length ?? card.dimensions;
  if (typeof value === 'number' && !Number.isFinite(value))
    throw malformed(card.id, 'has a score that is no number');
  if (!(value instanceof Float32Array)) return output;
  if (value.length !== width) throw malformed(card.id, `has ${value.length} numbers where ${width} belong`);
  if (!value.every(Number.isFinite)) throw malformed(card.id, 'has values that are no numbers');
  return output;
}
