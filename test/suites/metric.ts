import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Measured } from '../../eval/metrics/metric.ts';

interface Laws<Row> {
  measure: (rows: Row[]) => Measured;
  row: fc.Arbitrary<Row>;
  low: number;
  high: number;
}

/** What every metric promises, whatever it measures. Registers the tests; call it within a `describe`. */
export function metricLaws<Row>({ measure, row, low, high }: Laws<Row>) {
  const weighted = fc.array(fc.record({ row, weight: fc.nat(3) }), { maxLength: 12 });
  const figuresOf = ({ of, parts }: Measured, weights?: ArrayLike<number>): Record<string, number> => ({
    all: of(weights),
    ...Object.fromEntries(
      Object.entries(parts ?? {}).map(([part, figure]) => [`part ${part}`, figure(weights)]),
    ),
  });
  const expectSame = (some: Record<string, number>, others: Record<string, number>) => {
    // A part that the repeated rows do not have is one that no row of them speaks of.
    for (const [name, value] of Object.entries(others)) expect(some[name], name).toBeCloseTo(value, 9);
  };

  it('of weights is the metric of the rows repeated by them', () => {
    fc.assert(
      fc.property(weighted, (pairs) => {
        const weights = pairs.map(({ weight }) => weight);
        const repeated = pairs.flatMap(({ row, weight }) => Array<Row>(weight).fill(row));
        expectSame(figuresOf(measure(pairs.map(({ row }) => row)), weights), figuresOf(measure(repeated)));
      }),
    );
  });

  it('does not look at the order of rows', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const [measured, reversed] = [measure(rows), measure(rows.toReversed())];
        expectSame(figuresOf(measured), figuresOf(reversed));
        Array.from(measured.each.toReversed()).forEach((value, at) => {
          expect(reversed.each[at]).toBeCloseTo(value, 9);
        });
      }),
    );
  });

  it(`lies in ${low} … ${high}, each row alone too`, () => {
    fc.assert(
      fc.property(weighted, (pairs) => {
        const measured = measure(pairs.map(({ row }) => row));
        const figures = figuresOf(
          measured,
          pairs.map(({ weight }) => weight),
        );
        expect(measured.rows).toBe(pairs.length);
        expect(measured.each).toHaveLength(pairs.length);
        for (const figure of [...Object.values(figures), ...measured.each]) {
          expect(figure).toBeGreaterThanOrEqual(low - 1e-12);
          expect(figure).toBeLessThanOrEqual(high + 1e-12);
        }
      }),
    );
  });

  it('says that it is a mean only when it is', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const measured = measure(rows);
        const mean = measured.each.reduce((sum, value) => sum + value, 0) / rows.length;
        if (measured.mean) expect(measured.of()).toBeCloseTo(mean, 9);
      }),
    );
  });
}
