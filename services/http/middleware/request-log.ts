import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';
import { asParlanceError } from '#contracts';
import type { Metrics } from '../../metrics.ts';
import type { AppEnv } from '../env.ts';

const acceptable = /^[\w.:-]{1,100}$/;
/** An invitation is a secret in a path. */
const secrets = /(pl[a-z]_)[\w-]+/g;

/**
 * Gives every request an id (the caller's own `X-Request-Id` when it is a plain token), measures it, and logs server
 * errors, the unexpected ones with their stack; at level debug every request. Bodies are never logged.
 */
export function requestLog(metrics: Metrics, log: Logger): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    const requestId = requestIdOf(c.req.header('x-request-id'));
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('x-request-id', requestId);
    const ms = performance.now() - started;
    metrics.observeRequest(routeOf(c), c.res.status, ms / 1000);
    const line = {
      requestId,
      method: c.req.method,
      path: c.req.path.replace(secrets, '$1…'),
      status: c.res.status,
      ms: Math.round(ms),
    };
    if (c.error && c.res.status >= 500) logFailure(log, line, c.error);
    else log.debug(line, 'request');
  };
}

/** The caller's own id when it is a plain token, a new one otherwise. */
export function requestIdOf(given: unknown): string {
  return typeof given === 'string' && acceptable.test(given) ? given : `req_${randomUUID()}`;
}

/** A failure that was foreseen, such as a full disk, is one short line each time: an outage must not flood the log. */
function logFailure(log: Logger, line: object, thrown: Error): void {
  const error = asParlanceError(thrown);
  if (error.code === 'internal') log.error({ ...line, err: thrown }, 'request failed');
  else log.warn({ ...line, code: error.code, reason: error.message }, 'request failed');
}

/** The path of the route that answers, which comes first of those that are no middleware; the same word for none. */
function routeOf(c: Context): string {
  return matchedRoutes(c).find((route) => route.method !== 'ALL')?.path ?? 'none';
}
