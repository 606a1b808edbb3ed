import type { MiddlewareHandler } from 'hono';
import { ParlanceError } from '#contracts';
import type { RateLimiter } from '../../identity/rate-limit.ts';
import type { AppEnv } from '../env.ts';

/**
 * Holds each principal to its requests a minute. Every answer to a limited caller carries the `RateLimit-*` headers.
 * Throws `overloaded`. Runs after `authenticate`.
 */
export function rateLimit(limiter: RateLimiter): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const verdict = limiter.take(c.get('principal'));
    if (verdict) {
      c.header('RateLimit-Limit', String(verdict.limit));
      c.header('RateLimit-Remaining', String(verdict.remaining));
      c.header('RateLimit-Reset', String(verdict.resetSeconds));
      if (!verdict.allowed) {
        throw new ParlanceError('overloaded', `This caller may make ${verdict.limit} requests a minute.`, {
          details: { retryAfter: verdict.resetSeconds },
        });
      }
    }
    await next();
  };
}
