import type { MiddlewareHandler } from 'hono';
import type { Pool } from '#inference';
import type { AppEnv } from '../env.ts';

/** Refuses while the queue is full, before the body is read: a flood of refusals must not cost the answers their CPU. */
export function shed(pool: Pool): MiddlewareHandler<AppEnv> {
  return async (_, next) => {
    pool.admit();
    await next();
  };
}
