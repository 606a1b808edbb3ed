import type { z } from 'zod';
import type { TaskContracts, TaskItem, TaskListResponse, TaskName } from '#contracts';

export type TaskResult<N extends TaskName> = z.infer<TaskContracts[N]['result']>;
export type TaskOptions<N extends TaskName> = z.infer<TaskContracts[N]['options']> & { model?: string };
export type TaskItems<N extends TaskName> = TaskItem<TaskResult<N>>[];

/** Where the command line has its texts worked on: a running server, or this very process. */
export interface Backend {
  /** For the last line of a run: `http://127.0.0.1:8787`, `this process`. */
  readonly where: string;
  run<N extends TaskName>(
    task: N,
    texts: string[],
    options: TaskOptions<N>,
    signal: AbortSignal,
  ): Promise<TaskListResponse<TaskResult<N>>>;
  close(): Promise<void>;
}
