/** What a bucket says about one request. */
export interface RateVerdict {
  allowed: boolean;
  /** Requests that fill the bucket. */
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

export interface Buckets {
  /** Takes one request out of somebody's bucket, which holds `limit` and fills evenly within `fillMs` milliseconds. */
  take(who: string, limit: number, fillMs: number): RateVerdict;
  /** Puts one request back: it turned out not to count. */
  giveBack(who: string): void;
}

/**
 * Token buckets in memory. With several processes each counts for itself. `now` gives milliseconds of any clock that only
 * moves on; of more than `max` callers the one not heard of for longest starts anew.
 */
export function createBuckets(now: () => number = () => performance.now(), max: number = 10_000): Buckets {
  const buckets = new Map<string, Bucket>();

  return {
    take(who, limit, fillMs) {
      const perMs = limit / fillMs;
      const at = now();
      const before = buckets.get(who);
      const available = before ? Math.min(limit, before.tokens + (at - before.at) * perMs) : limit;
      // An allowance for rounding: a caller that waits as long as it was told is let through.
      const allowed = available >= 1 - 1e-9;
      const tokens = allowed ? Math.max(0, available - 1) : available;

      buckets.delete(who);
      const oldest = buckets.size >= max ? buckets.keys().next() : undefined;
      if (oldest && !oldest.done) buckets.delete(oldest.value);
      buckets.set(who, { tokens, at });

      const missing = allowed ? limit - tokens : 1 - tokens;
      const resetSeconds = Math.ceil(missing / perMs / 1000);
      return { allowed, limit, remaining: Math.floor(tokens), resetSeconds };
    },
    giveBack(who) {
      const bucket = buckets.get(who);
      if (bucket) bucket.tokens += 1;
    },
  };
}
