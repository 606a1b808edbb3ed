import { z } from 'zod';
import { maxTextLength, taskRequest } from '../task.ts';

export const rerankOptions = z.strictObject({
  query: z
    .string()
    .max(maxTextLength)
    .refine((query) => query.trim() !== '', 'The query is empty. Say what is looked for.')
    .describe('What is looked for'),
});
export type RerankOptions = z.infer<typeof rerankOptions>;

/** The one task that cannot do without its options. */
export const rerankRequest = taskRequest(rerankOptions).extend({ options: rerankOptions });

export const rerankResult = z.object({
  score: z
    .number()
    .min(-1)
    .max(1)
    .describe(
      'How near the text is to the query: the cosine of their embeddings, or of a cross-encoder its score from 0 to 1; comparable between texts',
    ),
  logit: z.number().optional().describe('The same before it was brought between 0 and 1, of a cross-encoder'),
});
export type RerankResult = z.infer<typeof rerankResult>;
