import type { z } from 'zod';
import { invalidInput, type ModelTask, type PipelineAnswer, type TaskName } from '#contracts';
import type { Caller } from '#inference';
import type { Inference } from '../../../inference.ts';

export interface PipelineCall {
  inference: Inference;
  model: string;
  caller: Caller;
}

/** What the answer is, and what only headers can say. */
export interface PipelineReply {
  answer: PipelineAnswer;
  headers?: Record<string, string>;
}

/** A task as Hugging Face's clients know it, over one of ours. */
export interface Pipeline {
  /** Whose models it runs on. */
  tasks: readonly ModelTask[];
  /** Whether a body is meant for it. */
  takes(body: unknown): boolean;
  /** @throws ParlanceError `invalid_input` for a body that is not for it, and what the task throws */
  run(body: unknown, call: PipelineCall): Promise<PipelineReply>;
}

/** Ties a pipeline to the schema of its body. */
export function definePipeline<S extends z.ZodType>(
  tasks: readonly TaskName[],
  request: S,
  run: (request: z.infer<S>, call: PipelineCall) => Promise<PipelineReply>,
): Pipeline {
  return {
    tasks,
    takes: (body) => request.safeParse(body).success,
    async run(body, call) {
      const parsed = request.safeParse(body);
      if (!parsed.success) throw invalidInput(parsed.error);
      return await run(parsed.data, call);
    },
  };
}

/** What was found of each text, for one text alone without the list around it. */
export const unlisted = <T>(inputs: string | readonly unknown[], found: T[]): T | T[] =>
  typeof inputs === 'string' ? (found[0] as T) : found;

/** Where the text at a place was written, for one text or many. */
export const pointerIn = (inputs: string | readonly unknown[]) => (at: number) =>
  typeof inputs === 'string' ? '/inputs' : `/inputs/${at}`;
