import { expect, it } from 'vitest';
import type { Principal } from '../principal.ts';
import { createRateLimiter } from './rate-limit.ts';

const caller = (actor: string, ratePerMinute: number | null = null): Principal => ({
  tenant: 't',
  actor,
  scopes: ['inference'],
  ratePerMinute,
  user: null,
  customer: null,
});

it('lets a minute of requests through at once, then one each time one has filled up', () => {
  let now = 0;
  const limiter = createRateLimiter({ ratePerMinute: 6, now: () => now });
  const take = () => limiter.take(caller('a'));
  expect(take()).toEqual({ allowed: true, limit: 6, remaining: 5, resetSeconds: 10 });
  for (let n = 0; n < 5; n++) expect(take()?.allowed).toBe(true);
  expect(take()).toEqual({ allowed: false, limit: 6, remaining: 0, resetSeconds: 10 });
  now += 9_999;
  expect(take()).toMatchObject({ allowed: false, resetSeconds: 1 });
  now += 1;
  expect(take()).toEqual({ allowed: true, limit: 6, remaining: 0, resetSeconds: 60 });
  now += 3_600_000;
  expect(take()).toMatchObject({ allowed: true, remaining: 5 });
});

it('lets a caller through that waits as long as it was told, whatever the rate', () => {
  for (const rate of [1, 7, 59, 1000]) {
    let now = 12.345;
    const limiter = createRateLimiter({ ratePerMinute: null, now: () => now });
    for (let n = 0; n < rate * 3; n++) {
      const verdict = limiter.take(caller('a', rate));
      if (verdict?.allowed) continue;
      now += (verdict?.resetSeconds ?? 0) * 1000;
      expect(limiter.take(caller('a', rate))?.allowed).toBe(true);
    }
  }
});

it("prefers the key's own rate, counts each caller apart and leaves the unlimited alone", () => {
  const limiter = createRateLimiter({ ratePerMinute: 1, now: () => 0 });
  expect(limiter.take(caller('own', 2))).toMatchObject({ limit: 2, remaining: 1 });
  expect(limiter.take(caller('a'))?.allowed).toBe(true);
  expect(limiter.take(caller('a'))?.allowed).toBe(false);
  expect(limiter.take(caller('b'))?.allowed).toBe(true);
  expect(limiter.take({ ...caller('a'), tenant: 'other' })?.allowed).toBe(true);
  expect(createRateLimiter({ ratePerMinute: null }).take(caller('a'))).toBeNull();
});

it('remembers no more callers than it was told to', () => {
  const limiter = createRateLimiter({ ratePerMinute: 1, now: () => 0, maxCallers: 2 });
  limiter.take(caller('a'));
  limiter.take(caller('b'));
  expect(limiter.take(caller('a'))?.allowed).toBe(false);
  limiter.take(caller('c'));
  expect(limiter.take(caller('a'))?.allowed).toBe(false);
  expect(limiter.take(caller('b'))?.allowed).toBe(true);
});
