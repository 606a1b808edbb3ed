import { ParlanceError } from '#contracts';
import type { Entry } from './batcher.ts';
import type { KernelInput, KernelOutput } from './kernel.ts';
import type { InferenceReply, InferenceRequest } from './runtime.ts';

/** One input of a job in the queue. */
export interface QueuedInput extends Entry {
  input: unknown;
  /** Position among the job's inputs. */
  index: number;
  job: Job;
  enqueuedAt: number;
  /** Times this input was handed to a worker that then died. */
  crashes: number;
  /** Its model writes token by token. */
  writes: boolean;
  /** A piece of its output was told, so that it cannot be tried again. */
  told: boolean;
}

/** What an answer took, in milliseconds. */
interface Spent {
  queueMs: number;
  batch: number;
  inferenceMs: number;
}

const defaultTimeoutMs = 30_000;

/** A request in progress: collects the outputs of its inputs and settles once. */
export class Job {
  readonly reply: Promise<InferenceReply>;
  readonly model: string;
  readonly inputs: QueuedInput[];
  readonly #onPiece: InferenceRequest['onPiece'];
  readonly #outputs: KernelOutput[];
  #remaining: number;
  #queueMs = 0;
  /** Milliseconds by batch, until the last of its answers for this job. */
  readonly #inferenceMs = new Map<number, number>();
  #settled = false;
  #resolve!: (reply: InferenceReply) => void;
  #reject!: (error: ParlanceError) => void;

  constructor(
    request: InferenceRequest,
    now: number,
    { tokensOf, writes }: { tokensOf: (input: KernelInput) => number; writes: boolean },
  ) {
    this.model = request.model;
    this.#onPiece = request.onPiece;
    this.#remaining = request.inputs.length;
    this.#outputs = new Array(request.inputs.length);
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const deadlineAt = now + (request.timeoutMs ?? defaultTimeoutMs);
    this.inputs = request.inputs.map((input, index) => ({
      group: request.model,
      tenant: request.tenant,
      lane: request.lane,
      tokens: tokensOf(input),
      deadlineAt,
      input,
      index,
      job: this,
      enqueuedAt: now,
      crashes: 0,
      writes,
      told: false,
    }));
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Takes one output, with how long its input waited and how long its batch had run. The last one settles the job. */
  complete(index: number, output: KernelOutput, spent: Spent): void {
    if (this.#settled || this.#outputs[index]) return;
    this.#outputs[index] = output;
    this.#queueMs = Math.max(this.#queueMs, spent.queueMs);
    this.#inferenceMs.set(spent.batch, spent.inferenceMs);
    this.#remaining--;
    if (this.#remaining > 0) return;
    this.#settled = true;
    const inferenceMs = [...this.#inferenceMs.values()].reduce((sum, ms) => sum + ms, 0);
    this.#resolve({ outputs: this.#outputs, queueMs: this.#queueMs, inferenceMs });
  }

  /** Takes a piece of the output of one input. */
  tell(index: number, text: string): void {
    const input = this.inputs[index];
    if (this.#settled || !input || !this.#onPiece) return;
    input.told = true;
    this.#onPiece(index, text);
  }

  fail(error: ParlanceError): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
  }
}

export const cancelled = () => new ParlanceError('cancelled', 'The caller went away.');
export const timedOut = () =>
  new ParlanceError('timeout', 'The work took longer than its deadline. Try again, or send less at once.', {
    details: { retryAfter: 1 },
  });
export const unavailable = () =>
  new ParlanceError('model_unavailable', 'The model is not available right now. Try again in a moment.', {
    details: { retryAfter: 5 },
  });
