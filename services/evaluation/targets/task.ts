import type { Sample, TargetReference } from '#contracts';
import { ParlanceError } from '#contracts';
import { asJson, type Target } from '#eval';
import type { TaskCall } from './open.ts';

type TaskReference = Extract<TargetReference, { task: unknown }>;

/** A task on its own model or another: the input is a text, the output what the task's route answers as `result`. */
export function taskTarget({ task, model, options }: TaskReference, call: TaskCall): Target {
  let revision: string | null = null;
  return {
    name: model ?? task,
    get revision() {
      return revision;
    },
    async ask(sample, signal) {
      const response = await call(task, { input: textOf(sample), model, options: options ?? {} }, signal);
      revision = response.model.revision;
      const { inputTokens, outputTokens } = response.usage;
      return { output: asJson(response.result), tokens: inputTokens + outputTokens };
    },
  };
}

/** Throws `invalid_input` for an input that is no text. */
export function textOf({ id, input }: Sample): string {
  if (typeof input === 'string') return input;
  throw new ParlanceError('invalid_input', `Row ${id} has no text at dataset.fields.input.`);
}
