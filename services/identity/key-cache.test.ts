import { expect, it } from 'vitest';
import { KeyCache } from './key-cache.ts';

it('keeps an entry for its time and no more entries than its limit', () => {
  const cache = new KeyCache<number>({ limit: 2, ttlMs: 10 });
  cache.set('a', 1, 0);
  expect(cache.get('a', 9)).toBe(1);
  expect(cache.get('a', 10)).toBeUndefined();
  cache.set('a', 1, 20);
  cache.set('b', 2, 20);
  cache.set('a', 3, 21);
  cache.set('c', 4, 22);
  expect(['a', 'b', 'c'].map((key) => cache.get(key, 23))).toEqual([3, undefined, 4]);
  cache.forget((value) => value === 3);
  expect(['a', 'c'].map((key) => cache.get(key, 23))).toEqual([undefined, 4]);
});
