import { z } from 'zod';

/** The tasks, and what a model can be made for. */
export const taskName = z.enum([
  'sentiment',
  'classifications',
  'entities',
  'redactions',
  'summaries',
  'translations',
  'languages',
  'embeddings',
  'rerank',
]);
export type TaskName = z.infer<typeof taskName>;
