import { z } from 'zod';
import { taskName } from './task-name.ts';
import { storedText } from './text.ts';

/** A saved playground input. The demo brings some; people add their own. */
export const example = z.object({
  id: z.string(),
  task: taskName,
  title: z.string(),
  text: z.string(),
  createdAt: z.iso.datetime(),
});
export type Example = z.infer<typeof example>;

export const createExampleRequest = z.strictObject({
  task: taskName,
  title: storedText.trim().min(1).max(120),
  text: storedText.min(1).max(20_000),
});
export type CreateExampleRequest = z.infer<typeof createExampleRequest>;
export const exampleList = z.object({ examples: z.array(example) });
