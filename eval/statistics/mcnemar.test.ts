import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReference } from '../reference/read.ts';
import { mcnemar, tango } from './mcnemar.ts';

interface Cases {
  mcnemar: Array<{ first: number; second: number; exact: number; mid: number }>;
  tango: Array<{ first: number; second: number; rows: number; low: number; high: number }>;
}
const cases = readReference<Cases>('statistics');

describe("McNemar's test", () => {
  it.each(cases.mcnemar)('$first against $second is as statsmodels and SciPy have it', (each) => {
    const discordance = { ...each, rows: 20_000 };
    expect(mcnemar(discordance)).toBeCloseTo(each.exact, 9);
    expect(mcnemar(discordance, { midP: true })).toBeCloseTo(each.mid, 9);
  });
});

describe("Tango's interval", () => {
  it.each(cases.tango)(
    '$first against $second of $rows is where the restricted likelihood has it',
    (each) => {
      const { low, high } = tango(each);
      expect(low).toBeCloseTo(each.low, 6);
      expect(high).toBeCloseTo(each.high, 6);
    },
  );

  it('is −1 to 1 of no rows, and has a width without discordant rows', () => {
    expect(tango({ first: 0, second: 0, rows: 0 })).toEqual({ low: -1, high: 1 });
    expect(tango({ first: 0, second: 0, rows: 10 }).high).toBeCloseTo(0.278, 3);
    expect(tango({ first: 3, second: 0, rows: 3 }).high).toBeCloseTo(1, 9);
  });

  it('turns round with its systems, and excludes 0 wherever the exact test does', () => {
    const discordance = fc
      .tuple(fc.nat(200), fc.nat(200), fc.nat(1000))
      .map(([first, second, same]) => ({ first, second, rows: first + second + same }));
    fc.assert(
      fc.property(discordance, ({ first, second, rows }) => {
        const { low, high } = tango({ first, second, rows });
        const turned = tango({ first: second, second: first, rows });
        expect(turned.low).toBeCloseTo(-high, 9);
        expect(turned.high).toBeCloseTo(-low, 9);
        if (mcnemar({ first, second, rows }) < 0.05) expect(low > 0 || high < 0).toBe(true);
      }),
    );
  });
});
