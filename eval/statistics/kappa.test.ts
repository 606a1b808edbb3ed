import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReference } from '../reference/read.ts';
import { rawAgreement, relianceOf } from './agreement.ts';
import { cohensKappa, crossed } from './kappa.ts';

interface Case {
  counts: number[][];
  kappa: number | null;
  low: number | null;
  high: number | null;
}
const cases = readReference<Record<'kappa' | 'linear' | 'quadratic', Case[]>>('statistics');
const labelled = (counts: number[][]) => ({ labels: counts.map((_, label) => `${label}`), counts });

describe.each([
  ['none', cases.kappa],
  ['linear', cases.linear],
  ['quadratic', cases.quadratic],
] as const)('κ with weights %s', (weights, some) => {
  it.each(some.map((each, index) => ({ ...each, index })))(
    'case $index is as scikit-learn and statsmodels have it',
    (each) => {
      const figure = cohensKappa(labelled(each.counts), weights);
      // Undefined there: one label alone says nothing about agreement, so we say 0, which may be anything.
      if (each.kappa === null) return expect(figure).toMatchObject({ value: 0, low: -1, high: 1 });
      expect(figure.value).toBeCloseTo(each.kappa, 6);
      // There the interval of perfect agreement has no width, however few the rows.
      if (each.kappa > 1 - 1e-9) {
        expect(figure.low).toBeLessThan(1);
        expect(figure.high).toBe(1);
        return;
      }
      expect(figure.low).toBeCloseTo(Math.max(-1, each.low as number), 6);
      expect(figure.high).toBeCloseTo(Math.min(1, each.high as number), 6);
    },
  );
});

it('has a lower end for perfect agreement that rises with the rows', () => {
  const low = (each: number) =>
    cohensKappa(
      labelled([
        [each, 0],
        [0, each],
      ]),
    ).low;
  expect(low(5)).toBeCloseTo((0.7224672 - 0.5) / 0.5, 5);
  expect(low(500)).toBeGreaterThan(0.99);
});

it('of no rows is 0 and may be anything', () => {
  expect(
    cohensKappa(
      labelled([
        [0, 0],
        [0, 0],
      ]),
    ),
  ).toEqual({ value: 0, low: -1, high: 1, rows: 0 });
});

it('does not hang on who is first, on the order of rows, or, unweighted, on that of labels', () => {
  const label = fc.constantFrom('bad', 'fair', 'good');
  fc.assert(
    fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), fc.boolean(), (rows, weighted) => {
      const weights = weighted ? 'quadratic' : 'none';
      const of = (some: typeof rows, one: 0 | 1, labels = ['bad', 'fair', 'good']) =>
        cohensKappa(
          crossed(
            labels,
            some.map((row) => row[one]),
            some.map((row) => row[1 - one] as string),
          ),
          weights,
        );
      const { value, low, high } = of(rows, 0);
      for (const other of [of(rows, 1), of([...rows].reverse(), 0), of(rows, 0, ['good', 'fair', 'bad'])]) {
        expect(other.value).toBeCloseTo(value, 9);
        expect(other.low).toBeCloseTo(low, 9);
        expect(other.high).toBeCloseTo(high, 9);
      }
      expect(value).toBeGreaterThanOrEqual(-1);
      expect(value).toBeLessThanOrEqual(1);
    }),
  );
});

it('refuses labels that are not listed, and raters of different rows', () => {
  expect(() => crossed(['yes', 'no'], ['yes'], ['maybe'])).toThrow('maybe is not among yes, no');
  expect(() => crossed(['yes', 'no'], ['yes'], [])).toThrow('1 labels and the other 0');
});

it('counts raw agreement, and says what agreement is good for', () => {
  expect(rawAgreement(['a', 'b', 'a'], ['a', 'b', 'b'])).toMatchObject({
    value: 2 / 3,
    rows: 3,
    method: 'wilson',
  });
  expect([0.8, 0.79, 0.667, 0.66, -1].map(relianceOf)).toEqual([
    'rely on it',
    'tentative',
    'tentative',
    'mend the guideline',
    'mend the guideline',
  ]);
});
