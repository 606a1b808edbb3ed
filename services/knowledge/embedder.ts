import { ParlanceError, type TaskItem } from '#contracts';
import type { Lane, TaskRunner } from '#inference';

/** Texts as unit vectors of 384 numbers, in their order. */
export type Embed = (
  texts: string[],
  caller: { tenant: string; lane: Lane; signal?: AbortSignal },
) => Promise<number[][]>;

/** A batch nobody waits for may queue for long behind those that somebody does. */
const timeoutMs = { batch: 600_000, interactive: 30_000 };

/** The embeddings task as a function. Throws what the task throws. */
export function createEmbed(tasks: Pick<TaskRunner, 'run'>): Embed {
  return async (texts, caller) => {
    const answer = await tasks.run(
      'embeddings',
      { input: texts },
      { ...caller, timeoutMs: timeoutMs[caller.lane] },
    );
    const items = (answer as { results: TaskItem<{ vector: number[] }>[] }).results;
    return items.map((item) => {
      if ('error' in item) throw new ParlanceError(item.error.code, item.error.detail);
      return item.result.vector;
    });
  };
}
