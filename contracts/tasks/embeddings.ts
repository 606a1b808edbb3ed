import { z } from 'zod';
import { taskRequest } from '../task.ts';

export const embeddingsOptions = z.strictObject({
  encoding: z
    .enum(['float', 'base64'])
    .optional()
    .describe('base64: little-endian float32, about half the bytes and much less to parse'),
});
export type EmbeddingsOptions = z.infer<typeof embeddingsOptions>;

export const embeddingsRequest = taskRequest(embeddingsOptions);

export const embeddingsResult = z.object({
  vector: z.union([z.array(z.number()), z.string()]).describe('Unit-length vector, or its base64'),
});
export type EmbeddingsResult = z.infer<typeof embeddingsResult>;
