import { z } from 'zod';

/** The error body of the routes of text-embeddings-inference. */
export const teiError = z.object({
  error: z.string(),
  error_type: z.string().describe('Validation, Overloaded, Backend, or a code of ours'),
});
export type TeiError = z.infer<typeof teiError>;
