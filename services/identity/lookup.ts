import { KeyCache } from './key-cache.ts';

/** What secrets stand for, by their hash. */
export interface Lookup<T> {
  /** A promise only when the database is asked. */
  get(hash: string): T | null | Promise<T | null>;
  /** Stops knowing what fits, and asks again for what was unknown. */
  forget(fits: (found: T) => boolean): void;
}

/**
 * Remembers for ten seconds what `find` answered. A burst with a hash not seen for a while asks once. `now` gives
 * milliseconds since 1970.
 */
export function createLookup<T extends object>(
  find: (hash: string) => Promise<T | null>,
  now: () => number,
): Lookup<T> {
  const known = new KeyCache<T>({ limit: 10_000, ttlMs: 10_000 });
  // Apart, so that guesses cannot push real ones out.
  const unknown = new KeyCache<true>({ limit: 10_000, ttlMs: 10_000 });
  const asking = new Map<string, Promise<T | null>>();
  let forgotten = 0;

  async function ask(hash: string): Promise<T | null> {
    const forgottenBefore = forgotten;
    const found = await find(hash);
    // What was revoked while its row was on the way must not come back through the cache.
    if (forgotten !== forgottenBefore) return found;
    if (found) known.set(hash, found, now());
    else unknown.set(hash, true, now());
    return found;
  }

  return {
    get(hash) {
      const hit = known.get(hash, now());
      if (hit) return hit;
      if (unknown.get(hash, now())) return null;
      const answer = asking.get(hash) ?? ask(hash).finally(() => asking.delete(hash));
      asking.set(hash, answer);
      return answer;
    },
    forget(fits) {
      forgotten++;
      known.forget(fits);
      unknown.forget(() => true);
      asking.clear();
    },
  };
}
