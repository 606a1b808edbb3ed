import { expect, it } from 'vitest';
import { newId } from './id.ts';

it('makes identifiers that sort in the order they were made, even when the clock is set back', () => {
  const soon = Date.now() + 1000;
  const ids = [soon, soon, soon + 1, soon - 500, soon - 500, soon + 2].map((now) => newId('key', now));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^key_[0-9a-z]{26}$/);
});
