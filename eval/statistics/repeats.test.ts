import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passAtK, passEveryK } from './repeats.ts';

const tries = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([tried, share]) => ({ tried, passed: Math.round(tried * share) }));

describe('repeats', () => {
  it('say how often one of k passes, and all of them', () => {
    const cases = [{ passed: 3, tried: 10 }];
    // 1 − C(7, 2) / C(10, 2) = 1 − 21 / 45, and C(3, 2) / C(10, 2) = 3 / 45.
    expect(passAtK(cases, 2).of()).toBeCloseTo(24 / 45, 12);
    expect(passEveryK(cases, 2).of()).toBeCloseTo(3 / 45, 12);
    expect(passAtK([...cases, { passed: 0, tried: 5 }], 2).of()).toBeCloseTo(12 / 45, 12);
  });

  it('are the pass rate for one, rise with k for any and fall for all', () => {
    fc.assert(
      fc.property(fc.array(tries, { minLength: 1, maxLength: 10 }), (cases) => {
        const fewest = Math.min(...cases.map(({ tried }) => tried));
        const rate = cases.reduce((sum, { passed, tried: all }) => sum + passed / all, 0) / cases.length;
        expect(passAtK(cases, 1).of()).toBeCloseTo(rate, 12);
        expect(passEveryK(cases, 1).of()).toBeCloseTo(rate, 12);
        for (let k = 2; k <= fewest; k++) {
          expect(passAtK(cases, k).of()).toBeGreaterThanOrEqual(passAtK(cases, k - 1).of() - 1e-12);
          expect(passEveryK(cases, k).of()).toBeLessThanOrEqual(passEveryK(cases, k - 1).of() + 1e-12);
        }
      }),
    );
  });

  it('do not make up tries', () => {
    expect(() => passAtK([{ passed: 1, tried: 3 }], 4)).toThrow('whole number from 1 to 3');
    expect(() => passEveryK([{ passed: 1, tried: 3 }], 0)).toThrow('it is 0');
  });
});
