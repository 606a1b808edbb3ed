import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectableMean, detectableShare, rowsForMean, rowsForShare } from './power.ts';

describe('what a set can show', () => {
  it('is 2.8 points of 500 rows with 5 % disagreement, and less of more rows', () => {
    expect(detectableShare(500, 0.05)).toBeCloseTo(0.028, 3);
    expect(detectableShare(2000, 0.05)).toBeCloseTo(0.014, 3);
    expect(detectableShare(500, 0.1)).toBeCloseTo(0.0395, 3);
    // What is significant half of the time, as tables without power have it: 2.0 points.
    expect(detectableShare(500, 0.05, { power: 0.5 })).toBeCloseTo(0.0196, 4);
  });

  it('needs rows as Connor 1987 says', () => {
    // (1.96 √0.2 + 0.8416 √(0.2 − 0.01))² / 0.01, and the same with a power of 90 %.
    expect(rowsForShare(0.1, 0.2)).toBe(155);
    expect(rowsForShare(0.1, 0.2, { power: 0.9 })).toBe(206);
  });

  it('without disagreement still needs a handful of rows that differ', () => {
    const detectable = detectableShare(1000, 0);
    expect(detectable * 1000).toBeGreaterThan(6);
    expect(detectable * 1000).toBeLessThan(8);
    expect(detectableShare(0, 0.1)).toBe(1);
    expect(detectableShare(2, 0.1)).toBeLessThanOrEqual(1);
  });

  it('and how many rows it takes are each other turned round', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 100_000 }), share, (rows, disagreement) => {
        const detectable = detectableShare(rows, disagreement);
        expect(Math.abs(rowsForShare(detectable, disagreement) - rows)).toBeLessThanOrEqual(1);
        expect(detectableShare(4 * rows, disagreement)).toBeLessThan(detectable);
      }),
    );
    expect(rowsForMean(detectableMean(400, 3), 3)).toBe(400);
    expect(detectableMean(400, 3)).toBeCloseTo(2.8016 * 0.15, 4);
    expect(detectableMean(0, 3)).toBe(Number.MAX_VALUE);
  });

  it('refuses to look for nothing', () => {
    expect(() => rowsForShare(0, 0.1)).toThrow('above 0');
    expect(() => rowsForMean(-1, 3)).toThrow('above 0');
  });
});
