import { expect, it } from 'vitest';
import { assertOffered, meantBy } from './choices.ts';

const preference = { kind: 'preference' as const };
const scale = { kind: 'scale' as const, points: 3 };
const choices = {
  kind: 'choices' as const,
  choices: ['right', 'wrong'].map((value) => ({ value, label: value })),
};

it('takes what the scale offers and nothing else', () => {
  for (const [offering, good, bad] of [
    [preference, ['a', 'b', 'tie'], ['c', 1]],
    [scale, [1, 2, 3], [0, 4, '1']],
    [choices, ['right', 'wrong'], ['Right', 1]],
  ] as const) {
    for (const choice of good) expect(() => assertOffered(offering, choice)).not.toThrow();
    for (const choice of bad) expect(() => assertOffered(offering, choice)).toThrow(/Choose one of/);
  }
});

it('says which system was preferred, whichever was shown first', () => {
  expect(['a', 'b', 'tie'].map((choice) => meantBy(preference, choice, false))).toEqual([
    ...['first', 'second', 'tie'],
  ]);
  expect(['a', 'b', 'tie'].map((choice) => meantBy(preference, choice, true))).toEqual([
    ...['second', 'first', 'tie'],
  ]);
  expect(meantBy(scale, 2, true)).toBe(2);
});
