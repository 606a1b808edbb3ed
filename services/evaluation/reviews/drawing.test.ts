import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawn, planItems, shuffled } from './drawing.ts';

const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const rows = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 40 });
const some = Array.from({ length: 2000 }, (_, index) => `row ${index}`);

it('draws the same on every machine', () => {
  expect(drawn(7, 'side', 'row 1').toFixed(12)).toBe('0.863758740632');
  expect(shuffled(7, 'order', ['a', 'b', 'c', 'd', 'e']).join('')).toBe('bacde');
});

it('draws evenly, and for each purpose anew', () => {
  const lots = some.map((row) => drawn(3, 'side', row));
  for (const from of [0, 0.25, 0.5, 0.75]) {
    const within = lots.filter((lot) => lot >= from && lot < from + 0.25).length;
    expect(Math.abs(within - 500)).toBeLessThan(80);
  }
  const both = some.filter((row) => drawn(3, 'side', row) < 0.5 === drawn(3, 'overlap', row) < 0.5).length;
  expect(Math.abs(both - 1000)).toBeLessThan(100);
});

it('brings rows into an order that their own order does not decide', () => {
  fc.assert(
    fc.property(seed, rows, (number, ids) => {
      const order = shuffled(number, 'order', ids);
      expect([...order].sort()).toEqual([...ids].sort());
      expect(shuffled(number, 'order', [...ids].reverse())).toEqual(order);
    }),
  );
});

it('swaps about half of the pairs, whatever else is in the queue, and nothing where there is one answer', () => {
  const settings = { seed: 5, pairs: true, overlap: { raters: 1, share: 0 } };
  const plan = planItems(some, settings);
  expect(Math.abs(plan.filter(({ swapped }) => swapped).length - 1000)).toBeLessThan(100);
  expect(planItems(['row 9'], settings)[0]).toEqual(plan[9]);
  expect(planItems(some, { ...settings, pairs: false }).some(({ swapped }) => swapped)).toBe(false);
});

it('gives the share that was asked for to several raters, rounded up', () => {
  fc.assert(
    fc.property(
      ...[seed, rows, fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true })],
      (number, ids, raters, share) => {
        const plan = planItems(ids, { seed: number, pairs: false, overlap: { raters, share } });
        expect(plan.map(({ rowId }) => rowId)).toEqual(ids);
        const shared = plan.filter((item) => item.raters === raters).length;
        expect(shared).toBe(raters === 1 ? ids.length : Math.ceil(ids.length * share));
        expect(plan.every((item) => item.raters === raters || item.raters === 1)).toBe(true);
      },
    ),
  );
});
