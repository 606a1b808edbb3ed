import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readReference } from '../reference/read.ts';
import { groupsOf } from './groups.ts';
import { intervalOf } from './interval.ts';
import { krippendorff, type Scale } from './krippendorff.ts';

interface Case {
  items: Array<Array<number | null>>;
  scale: Scale;
  alpha: number | null;
}
const cases = readReference<{ alpha: Case[] }>('statistics').alpha;

it.each(cases.map((each, index) => ({ ...each, index })))(
  'case $index ($scale) is as the krippendorff package has it',
  (each) => {
    // Undefined there: without two different ratings, or two of one item, nothing tells agreement from chance, so we say 0.
    expect(krippendorff(each.items, each.scale).of()).toBeCloseTo(each.alpha ?? 0, 6);
  },
);

it("is what Krippendorff's own example says, for each scale", () => {
  const raters = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
    [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
  ];
  const items = raters[0]?.map((_, item) => raters.map((rater) => rater[item] ?? null)) ?? [];
  const of = (scale: Scale) => krippendorff(items, scale).of();
  expect(
    [of('nominal'), of('ordinal'), of('interval'), of('ratio')].map((alpha) => alpha.toFixed(3)),
  ).toEqual(['0.743', '0.815', '0.849', '0.797']);
});

const rating = fc.option(fc.integer({ min: 0, max: 4 }));
const items = fc.array(fc.array(rating, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 });
const scale = fc.constantFrom<Scale>('nominal', 'ordinal', 'interval', 'ratio');

it('with weights is what it is of items that often, in any order', () => {
  const weighted = fc.array(
    fc.tuple(fc.array(rating, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 3 })),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(weighted, scale, (some, scale) => {
      const repeated = some.flatMap(([item, weight]) => Array.from({ length: weight }, () => item));
      const alpha = krippendorff(
        some.map(([item]) => item),
        scale,
      ).of(some.map(([, weight]) => weight));
      expect(alpha).toBeCloseTo(krippendorff(repeated, scale).of(), 9);
      expect(alpha).toBeCloseTo(krippendorff(repeated.reverse(), scale).of(), 9);
      expect(alpha).toBeLessThanOrEqual(1);
    }),
  );
});

it('is 1 where nobody ever differs', () => {
  fc.assert(
    fc.property(items, scale, (some, scale) => {
      const alike = [...some, [0], [1]].map((item) => [item[0] ?? 3, item[0] ?? 3]);
      expect(krippendorff(alike, scale).of()).toBe(1);
    }),
  );
});

it('has a bootstrap interval over items, and each item its share of equal pairs', () => {
  const noisy = Array.from({ length: 60 }, (_, item) => [item % 3, item % 3, item % 5 === 0 ? 2 : item % 3]);
  const alpha = krippendorff(noisy, 'nominal');
  const interval = intervalOf(alpha, groupsOf(noisy.map((_, item) => `${item}`)));
  expect(interval.method).toBe('bootstrap');
  expect(interval.low).toBeLessThan(interval.value);
  expect(interval.high).toBeGreaterThan(interval.value);
  expect(interval.high).toBeLessThanOrEqual(1);
  expect([...krippendorff([['a', 'a', 'b'], ['a'], ['a', 'a']], 'nominal').each]).toEqual([1 / 3, 1, 1]);
});

it('refuses words where numbers are needed', () => {
  expect(() => krippendorff([['good', 'bad']], 'ordinal')).toThrow('ordinal agreement needs numbers');
});
