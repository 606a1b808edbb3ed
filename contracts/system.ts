import { z } from 'zod';
import { scope } from './keys.ts';

/** `GET /system`: what the settings page and `parlance` show about a running server. */
export const system = z.object({
  version: z.string(),
  node: z.string(),
  startedAt: z.iso.datetime(),
  authentication: z.enum(['open', 'keys']).describe('open: loopback without keys'),
  principal: z.object({ tenant: z.string(), actor: z.string(), scopes: z.array(scope) }),
  database: z.object({ kind: z.enum(['pglite', 'postgres']), version: z.string() }),
  workers: z.object({ ready: z.number().int(), total: z.number().int(), restarts: z.number().int() }),
  limits: z.object({
    maxTextsPerCall: z.number().int(),
    maxTextLength: z.number().int(),
    maxBodyBytes: z.number().int(),
    queueTokens: z.number().int(),
  }),
});
export type System = z.infer<typeof system>;
