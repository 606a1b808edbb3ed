import type { ServerResponse } from 'node:http';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AppEnv } from './env.ts';

/** The `Last-Event-ID` that a browser sends when it comes back: a place in a log. */
export const lastEventId = z.coerce
  .number()
  .int()
  .min(0)
  .optional()
  .describe('The id of the last event that was received');

/**
 * Answers with server-sent events. `open` is given what breaks the connection off, for a reader that takes nothing and so
 * would not notice the end. A proxy must neither keep nor compress them.
 */
export function eventStream(c: Context<AppEnv>, open: (drop: () => void) => ReadableStream<Uint8Array>) {
  const { outgoing } = c.env as { outgoing?: ServerResponse };
  return c.body(
    open(() => outgoing?.destroy()),
    200,
    {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  );
}
