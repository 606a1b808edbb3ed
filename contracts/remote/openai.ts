import { z } from 'zod';

/** What is read of an answer of `/embeddings`, of whoever speaks as OpenAI does. */
export const openAiVectors = z.object({
  data: z.array(
    z.object({ index: z.number().int().min(0), embedding: z.union([z.string(), z.array(z.number())]) }),
  ),
  usage: z.object({ prompt_tokens: z.number().int().min(0) }).nullish(),
  parlance: z.object({ truncated: z.boolean() }).optional().describe('Where the server is one of ours'),
});

/** What is read of `/models`. */
export const openAiModels = z.object({ data: z.array(z.object({ id: z.string() })) });
