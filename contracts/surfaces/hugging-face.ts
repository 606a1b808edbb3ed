import { z } from 'zod';

/** The error body of Hugging Face's routes. */
export const huggingFaceError = z.object({ error: z.string(), error_type: z.string() });
export type HuggingFaceError = z.infer<typeof huggingFaceError>;
