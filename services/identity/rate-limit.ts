import type { Principal } from '../principal.ts';

/** What a limiter says about one request. */
export interface RateVerdict {
  allowed: boolean;
  /** Requests a minute. */
  limit: number;
  /** Requests that would be let through right now. */
  remaining: number;
  /** Seconds until the bucket is full again; for a refused request, until one more is let through. */
  resetSeconds: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

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

/**
 * A token bucket for each principal, in memory: a minute's worth at most, filling evenly. With several processes each
 * counts for itself.
 */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const { now = () => performance.now(), maxCallers = 10_000 } = limits;
  const buckets = new Map<string, Bucket>();

  return {
    take(principal) {
      const limit = principal.ratePerMinute ?? limits.ratePerMinute;
      if (limit === null) return null;
      const who = `${principal.tenant} ${principal.actor}`;
      const perMs = limit / 60_000;
      const at = now();
      const before = buckets.get(who);
      const available = before ? Math.min(limit, before.tokens + (at - before.at) * perMs) : limit;
      // An allowance for rounding: a caller that waits as long as it was told is let through.
      const allowed = available >= 1 - 1e-9;
      const tokens = allowed ? Math.max(0, available - 1) : available;

      buckets.delete(who);
      const oldest = buckets.size >= maxCallers ? buckets.keys().next() : undefined;
      if (oldest && !oldest.done) buckets.delete(oldest.value);
      buckets.set(who, { tokens, at });

      const missing = allowed ? limit - tokens : 1 - tokens;
      const resetSeconds = Math.ceil(missing / perMs / 1000);
      return { allowed, limit, remaining: Math.floor(tokens), resetSeconds };
    },
  };
}
