import { z } from 'zod';

/** What is read of `/info` of a text-embeddings-inference server. */
export const teiServerInfo = z.object({
  model_id: z.string(),
  served_model_name: z.string().nullish(),
  max_client_batch_size: z.number().int().positive(),
});
export type TeiServerInfo = z.infer<typeof teiServerInfo>;
