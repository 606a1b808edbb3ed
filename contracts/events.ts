import { z } from 'zod';

/**
 * The envelope of every fact in an append-only topic log. `seq` is assigned in the writing transaction and has no
 * gaps within a topic, so a reader resumes from the last `seq` it saw. Erasure sets `data` to null and keeps `seq`.
 */
export const event = z.object({
  v: z.literal(1),
  topic: z.string().min(1),
  seq: z.number().int().positive(),
  type: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'noun-action, such as message-added'),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(['customer', 'agent', 'bot', 'system']), id: z.string() }),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type Event = z.infer<typeof event>;
