import type { Principal } from '../principal.ts';
import { createBuckets, type RateVerdict } from './buckets.ts';

export interface RateLimiter {
  /** Takes one request out of the principal's bucket; null for a principal without a limit. */
  take(principal: Principal): RateVerdict | null;
}

export interface RateLimits {
  /** For principals that bring no number of their own; null for no limit. */
  ratePerMinute: number | null;
  /** Milliseconds of any clock that only moves on. */
  now?: () => number;
  /** How many callers are remembered; the one not heard of for longest starts anew. */
  maxCallers?: number;
}

/** A token bucket for each principal: a minute's worth at most, filling evenly. */
export function createRateLimiter({ ratePerMinute, now, maxCallers }: RateLimits): RateLimiter {
  const buckets = createBuckets(now, maxCallers);
  return {
    take(principal) {
      const limit = principal.ratePerMinute ?? ratePerMinute;
      return limit === null ? null : buckets.take(`${principal.tenant} ${principal.actor}`, limit, 60_000);
    },
  };
}
