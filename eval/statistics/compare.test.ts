import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measured, meanOf } from '../metrics/metric.ts';
import { compare } from './compare.ts';
import { groupsOf } from './groups.ts';
import { pairOf } from './paired.ts';

type Row = [above: number, below: number];

/** A word error rate of rows that are errors and words. */
function rate(rows: Row[]): Measured {
  return {
    ...meanOf(
      Float64Array.from(rows, ([errors, words]) => errors / words),
      'lower',
      'metric:wer',
    ),
    mean: false,
    of(weights) {
      const sum = (part: 0 | 1) =>
        rows.reduce((total, row, index) => total + row[part] * (weights ? Number(weights[index]) : 1), 0);
      return sum(1) > 0 ? sum(0) / sum(1) : 0;
    },
  };
}
const accuracy = (rows: number[]) => meanOf(Float64Array.from(rows), 'higher', 'metric:accuracy');
const errors = (rows: number[]) => meanOf(Float64Array.from(rows), 'lower', 'metric:error-rate');

const rows = (count: number) => groupsOf(Array.from({ length: count }, (_, row) => `row ${row}`));
/** Zeros and ones of two systems: those that only the first has, that only the second has, and 1 for both. */
const split = (first: number, second: number, all: number) => ({
  a: Array.from({ length: all }, (_, row) => (row >= first && row < first + second ? 0 : 1)),
  b: Array.from({ length: all }, (_, row) => (row < first ? 0 : 1)),
});

describe('two systems', () => {
  it('are told apart by McNemar and Tango on zeros and ones of independent rows', () => {
    const { a, b } = split(81, 39, 2000);
    const comparison = compare(pairOf(a, b, accuracy), rows(2000));
    expect(comparison).toMatchObject({
      verdict: 'better',
      rows: 2000,
      method: 'exact McNemar test, Tango interval',
    });
    expect(comparison.difference).toBeCloseTo(0.021, 12);
    expect(comparison.p).toBeCloseTo(0.000158, 6);
    expect(comparison.words).toBe('Better by 2.1 points (1.0 to 3.2) on 2,000 rows.');
    expect(compare(pairOf(b, a, accuracy), rows(2000)).words).toBe(
      'Worse by 2.1 points (1.0 to 3.2) on 2,000 rows.',
    );
  });

  it('are never told apart by what their rows share', () => {
    const { a, b } = split(81, 39, 2000);
    const untested = 'the machine was another';
    const comparison = compare(pairOf(a, b, accuracy), rows(2000), { untested });
    expect(comparison).toMatchObject({ verdict: 'inconclusive', p: null });
    expect(comparison.words).toBe(
      'Not tested: +2.1 points (1.0 to 3.2) on 2,000 rows; the machine was another.',
    );
    expect(compare(pairOf([1], [0], accuracy), rows(1), { untested }).words).toBe(
      'Inconclusive: 1 row cannot tell a difference from chance.',
    );
  });

  it('that are too alike are inconclusive, with what the set could show', () => {
    const { a, b } = split(23, 20, 1000);
    const { verdict, words, detectable } = compare(pairOf(a, b, accuracy), rows(1000));
    expect(verdict).toBe('inconclusive');
    expect(words).toBe(
      'Inconclusive: +0.3 points (−1.0 to 1.6); this set can show a difference of 1.8 points or more.',
    );
    expect(detectable).toBeCloseTo(0.0183, 3);
    expect(compare(pairOf(b, a, accuracy), rows(1000)).words).toMatch(
      /^Inconclusive: −0\.3 points \(−1\.6 to 1\.0\);/,
    );
  });

  it('gain where lower figures are better', () => {
    const { a, b } = split(39, 81, 2000);
    expect(compare(pairOf(a, b, errors), rows(2000)).words).toBe(
      'Better by 2.1 points (1.0 to 3.2) on 2,000 rows.',
    );
    const fewer = Array.from({ length: 60 }, (_, row): Row => [1 + (row % 3), 10 + (row % 5)]);
    const more = fewer.map(([some, words], row): Row => [some + (row % 2), words]);
    const comparison = compare(pairOf(fewer, more, rate), rows(60));
    expect(comparison).toMatchObject({
      verdict: 'better',
      method: 'paired bootstrap and approximate randomization',
    });
    expect(comparison.difference).toBeCloseTo(rate(more).of() - rate(fewer).of(), 12);
    expect(comparison.low).toBeGreaterThan(0);
  });

  it('are compared by groups where rows are not independent', () => {
    const { a, b } = split(60, 30, 1000);
    const groups = groupsOf(a.map((_, row) => `document ${Math.floor(row / 30)}`));
    expect(compare(pairOf(a, b, accuracy), rows(1000)).verdict).toBe('better');
    const comparison = compare(pairOf(a, b, accuracy), groups);
    expect(comparison.verdict).toBe('inconclusive');
    expect(comparison.method).toBe('paired bootstrap and approximate randomization');
    const every = groupsOf(a.map((_, row) => `document ${row % 30}`));
    expect(compare(pairOf(a, b, accuracy), every).words).toMatch(
      /^Better by .* on 1,000 rows in 30 groups\.$/,
    );
  });

  it('are written in the unit of their metric', () => {
    const slow = Array.from({ length: 100 }, (_, row) => 1000 + ((row * 37) % 101));
    const fast = slow.map((latency, row) => latency - 100 - (row % 10) * 10);
    const latency = (each: number[]) => meanOf(Float64Array.from(each), 'lower', 'metric:latency');
    const { words } = compare(pairOf(fast, slow, latency), rows(100), { scale: 1, unit: 'ms' });
    expect(words).toMatch(/^Better by 145 ms \(1(39|40) to 15[01]\) on 100 rows\.$/);
  });

  it('are told apart at another level too', () => {
    const { a, b } = split(20, 8, 500);
    const pair = pairOf(a, b, accuracy);
    expect(compare(pair, rows(500)).verdict).toBe('better');
    expect(compare(pair, rows(500), { level: 0.99 }).verdict).toBe('inconclusive');
  });
});

describe('what cannot be told', () => {
  it('is said: no rows, one group, no difference', () => {
    expect(compare(pairOf([], [], accuracy), rows(0))).toMatchObject({
      verdict: 'inconclusive',
      words: 'Inconclusive: there are no rows to compare.',
      ...{ difference: 0, low: -1, high: 1, p: 1, detectable: 1 },
    });
    expect(compare(pairOf([], [], rate), rows(0))).toMatchObject({ difference: 0, p: 1, rows: 0 });
    const one = compare(pairOf([1, 1, 0.5], [0, 0, 0.5], accuracy), groupsOf(['a', 'a', 'a']));
    expect(one.words).toBe('Inconclusive: 3 rows in 1 group cannot tell a difference from chance.');
    expect(one).toMatchObject({
      low: -Number.MAX_VALUE,
      high: Number.MAX_VALUE,
      p: 1,
      verdict: 'inconclusive',
    });
    const same = [0.5, 0.25, 0.75];
    expect(compare(pairOf(same, same, accuracy), rows(3))).toMatchObject({
      ...{ difference: 0, low: 0, high: 0, p: 1, detectable: Number.MAX_VALUE },
      words: 'Inconclusive: 0.0 points (0.0 to 0.0); the rows do not say what this set can show.',
    });
    expect(compare(pairOf([1, 1], [1, 1], accuracy), rows(2)).verdict).toBe('inconclusive');
  });
});

it('turns round with its systems, keeps to the order of rows, and never says NaN', () => {
  const row = fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 4, max: 9 }), fc.constantFrom(...'abcdefgh'));
  const kind = fc.constantFrom('binary', 'mean', 'rate');
  const shuffled = fc
    .array(row, { minLength: 1, maxLength: 30 })
    .chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })));
  fc.assert(
    fc.property(shuffled, kind, fc.boolean(), ([one, other], kind, grouped) => {
      const of = (some: typeof one, turned: boolean) => {
        const groups =
          grouped || one !== some ? groupsOf(some.map(([, , , group]) => group)) : rows(some.length);
        const options = { resamples: 100, swaps: 100 };
        const side = (index: 0 | 1) => some.map((each) => each[index]);
        const [a, b] = turned ? [side(1), side(0)] : [side(0), side(1)];
        if (kind === 'mean') return compare(pairOf(a, b, accuracy), groups, options);
        if (kind === 'binary') {
          const bits = (values: number[]) => values.map((value) => (value > 1 ? 1 : 0));
          return compare(pairOf(bits(a), bits(b), accuracy), groups, options);
        }
        const rated = (values: number[]) => values.map((value, row): Row => [value, some[row]?.[2] ?? 1]);
        return compare(pairOf(rated(a), rated(b), rate), groups, options);
      };
      const comparison = of(one, false);
      const turned = of(one, true);
      expect(Object.values(comparison)).not.toContain(Number.NaN);
      expect(turned.difference).toBeCloseTo(-comparison.difference, 9);
      expect(turned.low).toBeCloseTo(-comparison.high, 9);
      expect(turned.high).toBeCloseTo(-comparison.low, 9);
      expect(turned.p).toBeCloseTo(comparison.p as number, 9);
      const opposite = { better: 'worse', worse: 'better', inconclusive: 'inconclusive' } as const;
      expect(turned.verdict).toBe(opposite[comparison.verdict]);
      if (!grouped) return;
      const again = of(other, false);
      expect(again.low).toBeCloseTo(comparison.low, 9);
      expect(again.p).toBeCloseTo(comparison.p as number, 9);
      expect(again.verdict).toBe(comparison.verdict);
    }),
    { numRuns: 300 },
  );
});
