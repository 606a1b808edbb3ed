import { setMaxListeners } from 'node:events';
import type { TaskListResponse, TaskName } from '#contracts';
import type { Config } from '../../config.ts';
import { createInference, type Inference } from '../../inference.ts';
import { defaultTenant } from '../../principal.ts';
import type { Backend, TaskOptions, TaskResult } from '../../rows/backend.ts';

const unobserved = { batchDone: () => {}, inputsDropped: () => {}, workerEnded: () => {} };
const closeGraceMs = 2000;

/** The same models and workers as a server has, for the length of one command; no port, no database. */
export class LocalBackend implements Backend {
  readonly where = 'this process';
  readonly #inference: Inference;

  private constructor(inference: Inference) {
    this.#inference = inference;
  }

  /** Resolves when the first worker is warm. The queue is unbounded: this command is its only user and waits its turn. */
  static async start(config: Config): Promise<LocalBackend> {
    const inference = await createInference({ ...config, queueTokens: Number.MAX_SAFE_INTEGER }, unobserved);
    try {
      await inference.start();
    } catch (error) {
      await inference.stop(0);
      throw error;
    }
    return new LocalBackend(inference);
  }

  async run<N extends TaskName>(
    task: N,
    texts: string[],
    options: TaskOptions<N>,
    signal: AbortSignal,
  ): Promise<TaskListResponse<TaskResult<N>>> {
    const { model, ...rest } = options;
    // One signal per call: listeners that pile up on the signal of a whole run would hold every answer it ever had.
    const call = new AbortController();
    setMaxListeners(0, call.signal);
    const abort = () => call.abort();
    signal.addEventListener('abort', abort);
    try {
      const request = { input: texts, model, options: rest };
      const caller = { tenant: defaultTenant, lane: 'interactive', signal: call.signal } as const;
      return (await this.#inference.tasks.run(task, request, caller)) as TaskListResponse<TaskResult<N>>;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  close(): Promise<void> {
    return this.#inference.stop(closeGraceMs);
  }
}
