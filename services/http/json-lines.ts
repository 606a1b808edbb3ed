import { z } from '@hono/zod-openapi';

/** How a route describes an answer of JSON lines. Its type is no literal: Hono would take it for one JSON value. */
export const jsonLines: Record<string, { schema: z.ZodType }> = {
  'application/jsonl': { schema: z.string() },
};
