import type { z } from 'zod';
import { invalidInput, type ModelTask, ParlanceError, type PipelineAnswer, type TaskName } from '#contracts';
import type { Caller } from '#inference';
import type { Inference } from '../../../inference.ts';

export interface PipelineCall {
  inference: Inference;
  model: string;
  /** Whether that is the name of a classifier that was trained here. */
  trained: boolean;
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

/**
 * Ties a pipeline to the schema of its body.
 * @param labels whether it is the one that labels are for: it takes every body that has some, whatever else is wrong with it
 */
export function definePipeline<S extends z.ZodType>(
  tasks: readonly TaskName[],
  request: S,
  run: (request: z.infer<S>, call: PipelineCall) => Promise<PipelineReply>,
  { labels = false } = {},
): Pipeline {
  return {
    tasks,
    takes: (body) => (labels ? hasLabels(body) : request.safeParse(body).success),
    async run(body, call) {
      if (!labels && hasLabels(body)) throw labelsUnheeded(call.model);
      const parsed = request.safeParse(body);
      if (!parsed.success) throw invalidInput(parsed.error);
      return await run(parsed.data, call);
    },
  };
}

/** Those of zero-shot-classification, which no other pipeline may leave unheeded. */
const hasLabels = (body: unknown): boolean =>
  (body as { parameters?: { candidate_labels?: unknown } | null } | null)?.parameters?.candidate_labels !=
  null;

function labelsUnheeded(model: string): ParlanceError {
  const detail = `\`candidate_labels\` is for zero-shot-classification, which is not what ${model} was asked for. Leave it out, or ask that pipeline of a model of embeddings.`;
  return ParlanceError.field('/parameters/candidate_labels', detail, 'unsupported');
}

/** What was found of each text, for one text alone without the list around it. */
export const unlisted = <T>(inputs: string | readonly unknown[], found: T[]): T | T[] =>
  typeof inputs === 'string' ? (found[0] as T) : found;

/** Where the text at a place was written, for one text or many. */
export const pointerIn = (inputs: string | readonly unknown[]) => (at: number) =>
  typeof inputs === 'string' ? '/inputs' : `/inputs/${at}`;
