import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type ItemError,
  type ModelCard,
  type ModelTask,
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
import type { KernelInput, KernelOutput } from './kernel.ts';
import type { Runtime } from './runtime.ts';

/** A model bound to one caller's request; keeps the account of what was used. */
export interface ModelCall {
  /** The model. A task that can do without one (`builtIn`) looks at `chosen` first: reading this would be a mistake then. */
  readonly card: ModelCard;
  /** False where nobody asked for a model and the task has an answer of its own. */
  readonly chosen: boolean;
  readonly tenant: string;
  /** Outputs in the order of the inputs. `truncated` inputs are only counted as such when `countTruncation` is not false. */
  infer<V>(inputs: KernelInput[], settings?: { countTruncation?: boolean }): Promise<KernelOutput<V>[]>;
  /** The default model of another task, on the same account. */
  with(task: TaskName): ModelCall;
}

type Options<N extends TaskName> = z.infer<TaskContracts[N]['options']>;
type Result<N extends TaskName> = z.infer<TaskContracts[N]['result']>;

/** What Parlance can do with texts: from checked inputs to results in the same order. */
export interface Task<N extends TaskName = TaskName> {
  name: N;
  title: string;
  description: string;
  /** Whose models it runs on, where that is not the task itself; the default is one of the first. */
  models?: readonly ModelTask[];
  /** What answers where nobody asks for a model: code of ours, or a library. */
  builtIn?: ModelUsed;
  /** Throws, naming the field, for options that no text can be worked on with, as `run` does; whoever has the texts later asks for it. */
  checkOptions?(options: Options<N>, call: ModelCall): void | Promise<void>;
  /** Throws, naming the field, for a text that cannot be worked on with these options; among many it alone has an error then. */
  check?(text: string, options: Options<N>, pointer: string): void;
  /** In the order of the texts; an error stands for a text that turned out to be none for it, and says so to a caller of one text. */
  run(texts: string[], options: Options<N>, call: ModelCall): Promise<(Result<N> | ParlanceError)[]>;
}

/** Names the contract a task fulfils, so that its options and results are typed by it. */
export function defineTask<N extends TaskName, R extends Result<N> | ParlanceError>(
  task: Omit<Task<N>, 'run'> & { run(texts: string[], options: Options<N>, call: ModelCall): Promise<R[]> },
): typeof task {
  return task;
}

export type TaskRegistry = { [N in TaskName]: Task<N> };

/**
 * What a task runs on when this model is asked for, or none; undefined where it answers without one.
 * @throws ParlanceError as `ModelCatalogue.forTask`
 */
export function modelFor(
  { name, models = [name], builtIn }: Pick<Task, 'name' | 'models' | 'builtIn'>,
  catalogue: ModelCatalogue,
  model?: string,
): ModelCard | undefined {
  return builtIn && model === undefined ? undefined : catalogue.forTask(models, model);
}

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
    const task = this.#tasks[name] as Task;
    const call = this.#call(task, request.model, caller);
    const options = request.options ?? {};
    const run = (texts: string[]) => task.run(texts, options, call);
    const check = (text: string, pointer: string) => {
      checkText(text, pointer);
      task.check?.(text, options, pointer);
    };

    const { input } = request;
    if (typeof input === 'string') {
      check(input, '/input');
      const [result] = await run([input]);
      if (result instanceof ParlanceError) throw result;
      return { ...this.#envelope(call, started), result };
    }
    const results = await runUsable(input, check, run);
    return { ...this.#envelope(call, started), results };
  }

  /** What a task is, in words. */
  describe(name: TaskName): { title: string; description: string } {
    return this.#tasks[name];
  }

  /** Throws what `run` would throw for a model that this task cannot use. */
  checkModel(name: TaskName, model: string | undefined): void {
    modelFor(this.#tasks[name], this.#catalogue, model);
  }

  /** Throws what `run` would throw for every text alike: for the model, and for the options as far as no text is needed to see it. */
  async checkOptions(
    name: TaskName,
    { model, options = {} }: Omit<TaskCallRequest, 'input'>,
    caller: Caller,
  ): Promise<void> {
    const task = this.#tasks[name] as Task;
    const call = this.#call(task, model, caller);
    await task.checkOptions?.(options, call);
  }

  #call(task: Task, model: string | undefined, caller: Caller): MeteredCall {
    const card = modelFor(task, this.#catalogue, model);
    return new MeteredCall(card, task.builtIn, this.#catalogue, this.#runtime, caller);
  }

  #envelope(call: MeteredCall, started: number) {
    const { inputTokens, outputTokens, truncated, queueMs, inferenceMs } = call.account;
    const timing = {
      queueMs: round(queueMs),
      inferenceMs: round(inferenceMs),
      totalMs: round(performance.now() - started),
    };
    const usage = { inputTokens, outputTokens, truncated };
    return { id: `inf_${randomUUID()}`, model: call.used(this.#engine), usage, timing };
  }
}

/** What a request has cost so far, whichever models it asked. */
class Account {
  admitted = false;
  inputTokens = 0;
  outputTokens = 0;
  truncated = false;
  queueMs = 0;
  inferenceMs = 0;
}

class MeteredCall implements ModelCall {
  readonly account: Account;
  readonly #card: ModelCard | undefined;
  readonly #builtIn: ModelUsed | undefined;
  readonly #catalogue: ModelCatalogue;
  readonly #runtime: Runtime;
  readonly #caller: Caller;

  constructor(
    card: ModelCard | undefined,
    builtIn: ModelUsed | undefined,
    catalogue: ModelCatalogue,
    runtime: Runtime,
    caller: Caller,
    account = new Account(),
  ) {
    this.account = account;
    this.#card = card;
    this.#builtIn = builtIn;
    this.#catalogue = catalogue;
    this.#runtime = runtime;
    this.#caller = caller;
  }

  get card(): ModelCard {
    if (this.#card) return this.#card;
    throw new ParlanceError('internal', 'This task was called without a model and needs one.');
  }

  get chosen(): boolean {
    return this.#card !== undefined;
  }

  get tenant(): string {
    return this.#caller.tenant;
  }

  /** @param engine the one that replaces the card's, if any does */
  used(engine: string | undefined): ModelUsed {
    if (!this.#card && this.#builtIn) return this.#builtIn;
    const { id, revision, dtype, endpoint, ...card } = this.card;
    return { id, revision, engine: endpoint ? card.engine : (engine ?? card.engine), dtype };
  }

  with(task: TaskName): ModelCall {
    const card = this.#catalogue.forTask([task]);
    return new MeteredCall(card, undefined, this.#catalogue, this.#runtime, this.#caller, this.account);
  }

  async infer<V>(inputs: KernelInput[], { countTruncation = true } = {}): Promise<KernelOutput<V>[]> {
    if (inputs.length === 0) return [];
    const { account } = this;
    const { admitted } = account;
    account.admitted = true;
    const reply = await this.#runtime.infer({ ...this.#caller, model: this.card.id, inputs, admitted });
    account.queueMs += reply.queueMs;
    account.inferenceMs += reply.inferenceMs;
    for (const output of reply.outputs) {
      account.inputTokens += output.tokens;
      account.outputTokens += output.written ?? 0;
      if (countTruncation && output.truncated) account.truncated = true;
    }
    return reply.outputs as KernelOutput<V>[];
  }
}

/** Runs the texts that can be run and puts an error in the place of each that cannot. */
async function runUsable(
  texts: string[],
  check: (text: string, pointer: string) => void,
  run: (texts: string[]) => Promise<unknown[]>,
): Promise<TaskItem<unknown>[]> {
  const items = new Array<TaskItem<unknown>>(texts.length);
  const usable: number[] = [];
  texts.forEach((text, index) => {
    try {
      check(text, `/input/${index}`);
      usable.push(index);
    } catch (error) {
      items[index] = { error: itemError(error as ParlanceError) };
    }
  });
  const results = await run(usable.map((index) => texts[index] ?? ''));
  usable.forEach((index, at) => {
    const result = results[at];
    items[index] = result instanceof ParlanceError ? { error: itemError(result) } : { result };
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
