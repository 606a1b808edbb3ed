import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measured, meanOf } from '../metrics/metric.ts';
import { readReference } from '../reference/read.ts';
import { groupsOf } from './groups.ts';
import { anything, intervalOf, meanInterval, wilson } from './interval.ts';

interface Cases {
  wilson: Array<{ hits: number; rows: number; level: number; low: number; high: number }>;
  mean: Array<{ values: number[]; groups: number[]; level: number; mean: number; low: number; high: number }>;
}
const cases = readReference<Cases>('statistics');

const alone = (rows: number) => groupsOf(Array.from({ length: rows }, (_, row) => `row ${row}`));
const meanMetric = (values: number[]) => meanOf(Float64Array.from(values), 'higher', 'metric:mean');

/** The ratio of two sums, as word error rate is: the simplest metric that is not a mean. */
function ratioOf(rows: Array<[above: number, below: number]>): Measured {
  return {
    ...meanMetric(rows.map(([above, below]) => above / below)),
    mean: false,
    of(weights) {
      const sum = (part: 0 | 1) =>
        rows.reduce((total, row, index) => total + row[part] * (weights ? Number(weights[index]) : 1), 0);
      return sum(1) > 0 ? sum(0) / sum(1) : 0;
    },
  };
}

describe('Wilson', () => {
  it.each(cases.wilson)('$hits of $rows at $level is as statsmodels has it', (each) => {
    const { low, high, value } = wilson(each.hits, each.rows, each.level);
    expect(low).toBeCloseTo(each.low, 6);
    expect(high).toBeCloseTo(each.high, 6);
    expect(value).toBe(each.hits / each.rows);
  });

  it('says of nothing that it may be anything', () => {
    expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1, rows: 0, method: 'wilson' });
  });
});

describe('the interval of a mean', () => {
  it.each(cases.mean.map((each, index) => ({ ...each, index })))(
    'case $index is as SciPy and statsmodels have it',
    ({ values, groups, level, mean, low, high }) => {
      const interval = meanInterval(Float64Array.from(values), groupsOf(groups.map(String)), level);
      const size = Math.max(1, ...values.map(Math.abs));
      expect(interval.value / size).toBeCloseTo(mean / size, 6);
      expect(interval.low / size).toBeCloseTo(low / size, 6);
      expect(interval.high / size).toBeCloseTo(high / size, 6);
      expect(interval.method).toBe(new Set(groups).size === groups.length ? 't' : 'clustered-t');
    },
  );

  it('of zeros and ones in groups stays within 0 and 1', () => {
    const values = Float64Array.from([1, 1, 1, 1, 1, 1, 1, 1, 0, 1]);
    const interval = meanInterval(values, groupsOf([...'aabbccddee']));
    expect(interval).toMatchObject({ value: 0.9, high: 1, method: 'clustered-t' });
    expect(interval.low).toBeGreaterThan(0);
  });

  it('counts a group as one row where zeros and ones are alike in all groups, or there is one group', () => {
    const ones = new Float64Array(20).fill(1);
    const fours = groupsOf(Array.from(ones, (_, row) => `${row % 4}`));
    expect(meanInterval(ones, fours)).toEqual({ ...wilson(4, 4), rows: 20 });
    const halves = Float64Array.from({ length: 12 }, (_, row) => row % 3 && 1);
    const threes = groupsOf(Array.from(halves, (_, row) => `${Math.floor(row / 3)}`));
    expect(meanInterval(halves, threes).low).toBeCloseTo(wilson(8 / 3, 4).low, 9);
    expect(meanInterval(halves, groupsOf(Array.from(halves, () => 'one')))).toMatchObject({
      value: 2 / 3,
      rows: 12,
      method: 'wilson',
    });
  });
});

describe('which interval a metric gets', () => {
  it('is Wilson for zeros and ones of independent rows', () => {
    expect(intervalOf(meanMetric([1, 0, 1, 1]), alone(4))).toEqual(wilson(3, 4));
  });

  it('is t for other means, by groups where there are some', () => {
    expect(intervalOf(meanMetric([1, 0.5, 3]), alone(3)).method).toBe('t');
    expect(intervalOf(meanMetric([1, 0, 1, 0.5]), groupsOf([...'abba'])).method).toBe('clustered-t');
  });

  it('is the bootstrap for everything else, the same for the same seed', () => {
    const metric = ratioOf(Array.from({ length: 50 }, (_, row) => [row % 7, 5 + (row % 3)]));
    const interval = intervalOf(metric, alone(50));
    expect(interval.method).toBe('bootstrap');
    expect(interval.low).toBeLessThan(interval.value);
    expect(interval.high).toBeGreaterThan(interval.value);
    expect(intervalOf(metric, alone(50))).toEqual(interval);
    expect(intervalOf(metric, alone(50), { seed: 2 })).not.toEqual(interval);
    expect(intervalOf(metric, alone(50), { level: 0.5 }).high).toBeLessThan(interval.high);
  });

  it('stays what it was on another machine', () => {
    const metric = ratioOf(Array.from({ length: 40 }, (_, row) => [(row * 7) % 5, 3 + (row % 4)]));
    const { low, high } = intervalOf(metric, alone(40), { seed: 1, resamples: 200 });
    expect([low, high]).toMatchInlineSnapshot(`
      [
        0.32135876406237185,
        0.5344353925938523,
      ]
    `);
  });

  it('has a width for what is perfect in every group, which more groups make smaller', () => {
    const perfect = (rows: number): Measured => ({ ...meanMetric(Array(rows).fill(1)), mean: false });
    expect(intervalOf(perfect(5), alone(5))).toMatchObject({ value: 1, high: 1, low: wilson(5, 5).low });
    expect(intervalOf(perfect(500), alone(500)).low).toBeGreaterThan(0.99);
    const errors = intervalOf({ ...meanMetric([0, 0, 0]), mean: false, better: 'lower' }, alone(3));
    expect(errors).toMatchObject({ value: 0, low: 0, high: 0 });
  });

  it('is as wide as can be where rows say nothing of the spread', () => {
    const none = { ...anything, method: 'none' };
    expect(intervalOf(meanMetric([]), alone(0))).toEqual({ value: 0, rows: 0, ...none });
    expect(intervalOf(meanMetric([0.4]), alone(1))).toEqual({ value: 0.4, rows: 1, ...none });
    expect(intervalOf(meanMetric([0.4, 0.6]), groupsOf(['a', 'a']))).toEqual({
      value: 0.5,
      rows: 2,
      ...none,
    });
    expect(intervalOf(ratioOf([]), alone(0))).toEqual({ value: 0, rows: 0, ...none });
    expect(intervalOf(ratioOf([[1, 2]]), alone(1))).toEqual({ value: 0.5, rows: 1, ...none });
    expect(intervalOf(meanMetric([1]), alone(1))).toEqual(wilson(1, 1));
  });

  it('holds its figure and does not hang on the order of rows', () => {
    const value = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -5, max: 5, noNaN: true }));
    const rows = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 9 }), fc.constantFrom(...'abcdef')), {
      minLength: 1,
      maxLength: 25,
    });
    const shuffled = rows.chain((each) =>
      fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([one, other], mean) => {
        const of = (some: typeof one) => {
          const metric = mean
            ? meanMetric(some.map(([value]) => value))
            : ratioOf(some.map(([a, b]) => [a, b]));
          return intervalOf(metric, groupsOf(some.map(([, , group]) => group)), { resamples: 50 });
        };
        const interval = of(one);
        expect(Object.values(interval)).not.toContain(Number.NaN);
        if (mean) expect(interval.low).toBeLessThanOrEqual(interval.value + 1e-9);
        if (mean) expect(interval.high).toBeGreaterThanOrEqual(interval.value - 1e-9);
        const again = of(other);
        expect(again.low).toBeCloseTo(interval.low, 9);
        expect(again.high).toBeCloseTo(interval.high, 9);
      }),
      { numRuns: 200 },
    );
  });
});
