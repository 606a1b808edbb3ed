import { expect, it } from 'vitest';
import type { Entity, EntityKind } from '#contracts';
import { countsOf } from './counts.ts';

const of = (type: EntityKind): Entity => ({
  type,
  text: 'x',
  start: 0,
  end: 1,
  startCodePoint: 0,
  endCodePoint: 1,
  score: 1,
  source: 'pattern',
});

it('counts kinds, the most first and then by name', () => {
  expect(countsOf([of('url'), of('email'), of('card'), of('url')])).toEqual([
    ['url', 2],
    ['card', 1],
    ['email', 1],
  ]);
});
