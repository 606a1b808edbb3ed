import type { TaskListResponse, TaskName } from '#contracts';
import type { Config } from '../../config.ts';
import { createInference, type Inference } from '../../inference.ts';
import { defaultTenant } from '../../principal.ts';
import type { Backend, TaskOptions, TaskResult } from './backend.ts';

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
    const caller = { tenant: defaultTenant, lane: 'interactive', signal } as const;
    const response = await this.#inference.tasks.run(task, { input: texts, model, options: rest }, caller);
    return response as TaskListResponse<TaskResult<N>>;
  }

  close(): Promise<void> {
    return this.#inference.stop(closeGraceMs);
  }
}
