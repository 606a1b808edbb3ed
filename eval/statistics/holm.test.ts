import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf } from '../metrics/metric.ts';
import { readReference } from '../reference/read.ts';
import { compare } from './compare.ts';
import { groupsOf } from './groups.ts';
import { compareSlices, holm } from './holm.ts';
import { pairOf } from './paired.ts';

const cases = readReference<{ holm: Array<{ p: number[]; adjusted: number[] }> }>('statistics').holm;

describe('Holm', () => {
  it.each(cases.map((each, index) => ({ ...each, index })))(
    'case $index is as statsmodels has it',
    ({ p, adjusted }) => {
      const ours = holm(p);
      expect(ours).toHaveLength(adjusted.length);
      for (const [index, value] of ours.entries()) expect(value).toBeCloseTo(adjusted[index] as number, 9);
    },
  );

  it('never lowers a p, keeps their order, and does not hang on it', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1 }), (values) => {
        const adjusted = holm(values);
        const sorted = values.map((value, index) => [value, adjusted[index] as number] as const);
        sorted.sort(([a], [b]) => a - b);
        for (const [index, [value, raised]] of sorted.entries()) {
          expect(raised).toBeGreaterThanOrEqual(value);
          expect(raised).toBeLessThanOrEqual(1);
          if (index > 0) expect(raised).toBeGreaterThanOrEqual(sorted[index - 1]?.[1] ?? 0);
        }
        expect(holm([...values].reverse())).toEqual(adjusted.reverse());
      }),
    );
  });
});

/** Rows of which only the first system has some right, only the second others, and both the rest. */
function slice(name: string, first: number, second: number, rows: number) {
  const ones = (wrong: (row: number) => boolean) =>
    Array.from({ length: rows }, (_, row) => (wrong(row) ? 0 : 1));
  const a = ones((row) => row >= first && row < first + second);
  const b = ones((row) => row < first);
  const pair = pairOf(a, b, (values) => meanOf(Float64Array.from(values), 'higher', 'metric:accuracy'));
  return { name, pair, groups: groupsOf(a.map((_, row) => `${row}`)) };
}

describe('slices', () => {
  it('take their verdicts from adjusted p, and few rows are never tested', () => {
    const slices = [
      slice('en', 10, 1, 200),
      slice('de', 40, 5, 200),
      slice('fr', 20, 0, 29),
      slice('es', 3, 3, 30),
    ];
    const [en, de, fr, es] = compareSlices(slices).map(({ slice, comparison }) => ({
      name: slice.name,
      ...comparison,
    }));
    const alone = compare(
      slice('en', 10, 1, 200).pair,
      groupsOf(Array.from({ length: 200 }, (_, row) => `${row}`)),
    );
    expect(alone.verdict).toBe('better');
    expect(en?.p).toBeCloseTo(2 * (alone.p as number), 12);
    expect(en).toMatchObject({ name: 'en', verdict: 'better' });
    expect(de?.verdict).toBe('better');
    expect(fr).toMatchObject({ name: 'fr', p: null, verdict: 'inconclusive', rows: 29 });
    expect(fr?.words).toBe('Not tested: +69 points (49 to 83) on only 29 rows.');
    expect(es).toMatchObject({ p: 1, verdict: 'inconclusive' });
  });

  it('that would be better alone can be inconclusive among many', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      slice(`${index}`, index === 0 ? 9 : 4, index === 0 ? 1 : 4, 100),
    );
    const first = compareSlices(many)[0]?.comparison;
    expect(compareSlices(many.slice(0, 1))[0]?.comparison.verdict).toBe('better');
    expect(first).toMatchObject({ verdict: 'inconclusive' });
    expect(first?.words).toMatch(/^Inconclusive: \+8 points \(2 to 15\) with p = 0\.430; this set can show/);
  });
});
