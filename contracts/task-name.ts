import { z } from 'zod';

/** The tasks a model can be made for. */
export const taskName = z.enum([
  'sentiment',
  'embeddings',
  'translations',
  'summaries',
  'entities',
  'redactions',
]);
export type TaskName = z.infer<typeof taskName>;
