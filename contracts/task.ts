import { z } from 'zod';
import { errorCode, fieldError } from './errors.ts';

/** Which model produced a result, precisely enough to reproduce it. */
export const modelUsed = z.object({
  id: z.string(),
  revision: z.string(),
  engine: z.string(),
  dtype: z.string(),
});
export type ModelUsed = z.infer<typeof modelUsed>;

export const taskUsage = z.object({
  inputTokens: z.number().int().describe('Tokens the model read, special tokens included'),
  outputTokens: z.number().int().describe('Tokens the model wrote; 0 for encoders'),
  truncated: z
    .boolean()
    .describe('True when any input was longer than the model reads and its end was left out'),
});
export type TaskUsage = z.infer<typeof taskUsage>;

/** Milliseconds. `queueMs` is the longest wait of a text. `inferenceMs` sums tokenization and forward passes of the
 * batches this request was part of, until its answers were there; they may have run side by side, so it can exceed `totalMs`. */
export const taskTiming = z.object({ queueMs: z.number(), inferenceMs: z.number(), totalMs: z.number() });
export type TaskTiming = z.infer<typeof taskTiming>;

/** Most texts a caller may send in one synchronous call; larger work belongs in a batch. */
export const maxTextsPerCall = 1024;
/** Most UTF-16 code units in one text. A guard before tokenization, which is linear in this. */
export const maxTextLength = 100_000;

/** The body of `POST /api/v1/<task>`: one text or many, an optional model, the task's own options. */
export function taskRequest<O extends z.ZodType>(options: O) {
  return z.strictObject({
    input: z
      .union([z.string(), z.array(z.string()).min(1).max(maxTextsPerCall)])
      .describe('One text, or up to 1,024 texts answered in the same order'),
    model: z.string().min(1).max(200).optional().describe('Model id; the task default when left out'),
    options: options.optional(),
  });
}

/** One failed text among many: the others still have their results. */
export const itemError = z.object({
  code: errorCode,
  detail: z.string(),
  errors: z.array(fieldError).optional(),
});
export type ItemError = z.infer<typeof itemError>;

const envelope = {
  id: z.string().describe('Inference id, for feedback and late labels'),
  model: modelUsed,
  usage: taskUsage,
  timing: taskTiming,
};

/** Answer to a single text. */
export function taskResponse<R extends z.ZodType>(result: R) {
  return z.object({ ...envelope, result });
}

/** Answer to an array of texts: same order, each a result or an error. */
export function taskListResponse<R extends z.ZodType>(result: R) {
  return z.object({
    ...envelope,
    results: z.array(z.union([z.object({ result }), z.object({ error: itemError })])),
  });
}

/** One entry of `results`. */
export type TaskItem<R> = { result: R } | { error: ItemError };
export interface TaskResponse<R> {
  id: string;
  result: R;
  model: ModelUsed;
  usage: TaskUsage;
  timing: TaskTiming;
}
export interface TaskListResponse<R> extends Omit<TaskResponse<R>, 'result'> {
  results: TaskItem<R>[];
}
