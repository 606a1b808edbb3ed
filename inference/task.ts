import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type ItemError,
  type ModelCard,
  type ModelUsed,
  maxTextLength,
  ParlanceError,
  type TaskContracts,
  type TaskItem,
  type TaskListResponse,
  type TaskName,
  type TaskResponse,
} from '#contracts';
import type { Lane } from './batcher.ts';
import type { ModelCatalogue } from './catalogue.ts';
import type { KernelOutput } from './kernel.ts';
import type { Runtime } from './runtime.ts';

/** A model bound to one caller's request; keeps the account of what was used. */
export interface ModelCall {
  readonly card: ModelCard;
  /** Outputs in the order of the inputs. `truncated` inputs are only counted as such when `countTruncation` is not false. */
  infer<V>(inputs: string[], settings?: { countTruncation?: boolean }): Promise<KernelOutput<V>[]>;
}

type Options<N extends TaskName> = z.infer<TaskContracts[N]['options']>;
type Result<N extends TaskName> = z.infer<TaskContracts[N]['result']>;

/** What Parlance can do with texts: from checked inputs to results in the same order. */
export interface Task<N extends TaskName = TaskName> {
  name: N;
  title: string;
  description: string;
  run(texts: string[], options: Options<N>, call: ModelCall): Promise<Result<N>[]>;
}

/** Names the contract a task fulfils, so that its options and results are typed by it. */
export function defineTask<N extends TaskName>(task: Task<N>): Task<N> {
  return task;
}

export type TaskRegistry = { [N in TaskName]: Task<N> };

/** On whose behalf a task runs. */
export interface Caller {
  tenant: string;
  lane: Lane;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

/** A validated request body. */
export interface TaskCallRequest {
  input: string | string[];
  model?: string | undefined;
  options?: object | undefined;
}

/** Runs tasks by name: picks the model, checks each text, and wraps results in the envelope. */
export class TaskRunner {
  readonly #tasks: TaskRegistry;
  readonly #catalogue: ModelCatalogue;
  readonly #runtime: Runtime;
  readonly #engine: string | undefined;

  /** @param engine the engine that replaces the one on the cards, reported in `model` */
  constructor(tasks: TaskRegistry, catalogue: ModelCatalogue, runtime: Runtime, engine?: string) {
    this.#tasks = tasks;
    this.#catalogue = catalogue;
    this.#runtime = runtime;
    this.#engine = engine;
  }

  /**
   * One text gives `result`, an array gives `results` in which unusable texts have an `error` of their own.
   * @throws ParlanceError for one unusable text, an unknown model, and everything the runtime throws
   */
  async run(
    name: TaskName,
    request: TaskCallRequest,
    caller: Caller,
  ): Promise<TaskResponse<unknown> | TaskListResponse<unknown>> {
    const started = performance.now();
    const call = new MeteredCall(this.#catalogue.forTask(name, request.model), this.#runtime, caller);
    const task = this.#tasks[name] as Task;
    const run = (texts: string[]) => task.run(texts, request.options ?? {}, call);

    const { input } = request;
    if (typeof input === 'string') {
      checkText(input, '/input');
      const [result] = await run([input]);
      return { ...this.#envelope(call, started), result };
    }
    const results = await runUsable(input, run);
    return { ...this.#envelope(call, started), results };
  }

  #envelope(call: MeteredCall, started: number) {
    const { id, revision, engine, dtype } = call.card;
    const model: ModelUsed = { id, revision, engine: this.#engine ?? engine, dtype };
    const timing = {
      queueMs: round(call.queueMs),
      inferenceMs: round(call.inferenceMs),
      totalMs: round(performance.now() - started),
    };
    const usage = { inputTokens: call.inputTokens, outputTokens: 0, truncated: call.truncated };
    return { id: `inf_${randomUUID()}`, model, usage, timing };
  }
}

class MeteredCall implements ModelCall {
  readonly card: ModelCard;
  readonly #runtime: Runtime;
  readonly #caller: Caller;
  #admitted = false;
  inputTokens = 0;
  truncated = false;
  queueMs = 0;
  inferenceMs = 0;

  constructor(card: ModelCard, runtime: Runtime, caller: Caller) {
    this.card = card;
    this.#runtime = runtime;
    this.#caller = caller;
  }

  async infer<V>(inputs: string[], { countTruncation = true } = {}): Promise<KernelOutput<V>[]> {
    if (inputs.length === 0) return [];
    const admitted = this.#admitted;
    this.#admitted = true;
    const reply = await this.#runtime.infer({ ...this.#caller, model: this.card.id, inputs, admitted });
    this.queueMs += reply.queueMs;
    this.inferenceMs += reply.inferenceMs;
    for (const output of reply.outputs) {
      this.inputTokens += output.tokens;
      if (countTruncation && output.truncated) this.truncated = true;
    }
    return reply.outputs as KernelOutput<V>[];
  }
}

/** Runs the texts that can be run and puts an error in the place of each that cannot. */
async function runUsable(
  texts: string[],
  run: (texts: string[]) => Promise<unknown[]>,
): Promise<TaskItem<unknown>[]> {
  const items = new Array<TaskItem<unknown>>(texts.length);
  const usable: number[] = [];
  texts.forEach((text, index) => {
    try {
      checkText(text, `/input/${index}`);
      usable.push(index);
    } catch (error) {
      items[index] = { error: itemError(error as ParlanceError) };
    }
  });
  const results = await run(usable.map((index) => texts[index] ?? ''));
  usable.forEach((index, at) => {
    items[index] = { result: results[at] };
  });
  return items;
}

function checkText(text: string, pointer: string): void {
  if (text.trim() === '') throw ParlanceError.field(pointer, 'The text is empty. Send at least one word.');
  if (text.length > maxTextLength) {
    const detail = `The text has ${text.length} characters; ${maxTextLength} are read at most. Split it.`;
    throw ParlanceError.field(pointer, detail, 'too_large');
  }
}

function itemError({ code, message, details }: ParlanceError): ItemError {
  return { code, detail: message, errors: details.errors };
}

/** Microseconds are enough for anyone who reads a timing. */
const round = (ms: number) => Math.round(ms * 1000) / 1000;
