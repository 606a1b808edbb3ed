import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { Metrics } from '../../metrics.ts';
import type { AppEnv } from '../env.ts';

const acceptable = /^[\w.:-]{1,100}$/;

/**
 * Gives every request an id (the caller's own `X-Request-Id` when it is a plain token), measures it, and logs server
 * errors; at level debug every request. Bodies are never logged.
 */
export function requestLog(metrics: Metrics, log: Logger): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given && acceptable.test(given) ? given : `req_${randomUUID()}`;
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('x-request-id', requestId);
    const ms = performance.now() - started;
    metrics.observeRequest(routePath(c, -1), c.res.status, ms / 1000);
    const line = {
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(ms),
    };
    if (c.error && c.res.status >= 500)
      log.error({ ...line, err: c.error, cause: c.error?.cause }, 'request failed');
    else log.debug(line, 'request');
  };
}
