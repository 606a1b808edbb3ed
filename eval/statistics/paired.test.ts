import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measured, meanOf } from '../metrics/metric.ts';
import { groupsOf } from './groups.ts';
import { pairOf, randomization } from './paired.ts';

const mean = (values: number[]) => meanOf(Float64Array.from(values), 'higher', 'metric:mean');
/** The same mean, without saying so: it takes the way of every other metric. */
const hidden = (values: number[]): Measured => ({ ...mean(values), mean: false });
const rows = (count: number) => groupsOf(Array.from({ length: count }, (_, row) => `row ${row}`));

/** The exact p: the share of all ways to swap groups whose difference is at least as large. */
function exactly(differences: number[]): number {
  const sizeOf = (signs: number) =>
    Math.abs(differences.reduce((sum, each, row) => sum + (signs & (1 << row) ? -each : each), 0));
  const all = Array.from({ length: 2 ** differences.length }, (_, signs) => sizeOf(signs));
  return all.filter((size) => size >= sizeOf(0) - 1e-9).length / all.length;
}

describe('approximate randomization', () => {
  it.each([
    ['a clear difference', [3, 1, 4, 1, 5, 2, 6, 2], [1, 0, 2, 1, 3, 1, 2, 1]],
    ['a doubtful one', [3, 1, 4, 1, 5, 2, 6, 2], [4, 0, 2, 3, 3, 1, 5, 2]],
    ['none', [1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 5, 8, 7]],
  ])('comes to the p of all permutations: %s', (_, a, b) => {
    const exact = exactly(a.map((value, row) => value - (b[row] as number)));
    expect(randomization(pairOf(a, b, mean), rows(8), { swaps: 20_000 })).toBeCloseTo(exact, 1.7);
    expect(randomization(pairOf(a, b, hidden), rows(8), { swaps: 20_000 })).toBeCloseTo(exact, 1.7);
  });

  it('swaps whole groups', () => {
    const a = [3, 1, 4, 1, 5, 2, 6, 2];
    const b = [1, 0, 2, 1, 3, 1, 2, 1];
    const groups = groupsOf([...'aabbccdd']);
    const exact = exactly([3, 2, 3, 5]);
    expect(randomization(pairOf(a, b, mean), groups)).toBeCloseTo(exact, 1.7);
    expect(randomization(pairOf(a, b, hidden), groups)).toBeCloseTo(exact, 1.7);
  });

  it('is never 0, and 1 where nothing differs', () => {
    const a = Array.from({ length: 200 }, (_, row) => row);
    const lower = a.map((value) => value - 1);
    expect(randomization(pairOf(a, lower, mean), rows(200))).toBe(1 / 10_001);
    expect(randomization(pairOf(a, lower, hidden), rows(200))).toBe(1 / 1001);
    expect(randomization(pairOf(a, a, mean), rows(200))).toBe(1);
    expect(randomization(pairOf(a, a, hidden), rows(200))).toBe(1);
  });

  it('takes differences for equal that differ by rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 12 }),
        fc.boolean(),
        (some, open) => {
          const p = (scale: number) => {
            const a = some.map((value) => value * scale);
            const none = some.map(() => 0);
            return randomization(pairOf(a, none, open ? mean : hidden), rows(a.length), { swaps: 200 });
          };
          expect(p(0.1)).toBe(p(1));
        },
      ),
    );
  });

  it('does not care who is first', () => {
    const value = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 12 }),
        fc.boolean(),
        (both, open) => {
          const a = both.map(([one]) => one);
          const b = both.map(([, other]) => other);
          const p = (one: number[], other: number[]) =>
            randomization(pairOf(one, other, open ? mean : hidden), rows(a.length), { swaps: 200 });
          expect(p(a, b)).toBe(p(b, a));
        },
      ),
    );
  });
});

it('refuses systems with different rows', () => {
  expect(() => pairOf([1, 2], [1], mean)).toThrow('One system has 2 rows and the other 1');
});
