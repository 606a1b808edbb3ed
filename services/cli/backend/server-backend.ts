import { ParlanceClient } from '#client';
import type { TaskListResponse, TaskName } from '#contracts';
import type { Backend, TaskOptions, TaskResult } from '../../rows/backend.ts';

/** Bulk work waits its turn: an overloaded server is asked again this often, each time after the pause it named. */
const patience = 1000;

/** A running server, through the typed client. */
export class ServerBackend implements Backend {
  readonly where: string;
  readonly #client: ParlanceClient;

  constructor(baseUrl: string, apiKey?: string) {
    this.where = baseUrl;
    this.#client = new ParlanceClient({ baseUrl, apiKey, maxRetries: patience });
  }

  run<N extends TaskName>(
    task: N,
    texts: string[],
    options: TaskOptions<N>,
    signal: AbortSignal,
  ): Promise<TaskListResponse<TaskResult<N>>> {
    return this.#client.tasks[task](texts, options, { signal });
  }

  async close(): Promise<void> {}
}
