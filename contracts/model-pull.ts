import { z } from 'zod';
import { modelId } from './model.ts';
import { taskName } from './task-name.ts';

export const pullRequest = z.strictObject({
  model: modelId.describe('As the hub calls it, such as owner/name'),
  revision: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('main')
    .describe('A branch, a tag or a commit; the model is pinned to the commit it stands for'),
  task: taskName.optional().describe('What it is to be used for, where its files leave that open'),
});
export type PullRequestBody = z.infer<typeof pullRequest>;

/** A model on its way from the hub. Kept for a while after its end, not over a restart; a pull that is asked for again goes on. */
export const modelPull = z.object({
  id: z.string(),
  model: z.string(),
  revision: z.string().describe('As it was asked for'),
  commit: z.string().nullable().describe('What that stands for, once the hub has said so'),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  doneBytes: z.number().int(),
  totalBytes: z.number().int().nullable().describe('Known once the files were chosen'),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable().describe('Why it failed, and what would mend it'),
});
export type ModelPull = z.infer<typeof modelPull>;

export const modelPullList = z.object({ pulls: z.array(modelPull).describe('Newest first') });
