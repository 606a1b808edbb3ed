import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageVector } from './passage-vector.ts';

const direction = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0, 1 + Math.abs(values[3] ?? 0)])
  .map((values) => values.map((value) => value / Math.hypot(...values)));

describe("a passage's vector", () => {
  it('is its own without phrases', () => {
    const own = [0.6, 0.8];
    expect(passageVector(own, [])).toBe(own);
  });

  it('is half way to the one phrase', () => {
    expect(passageVector([1, 0], [[0, 1]])).toEqual(
      [Math.SQRT1_2, Math.SQRT1_2].map((each) => expect.closeTo(each, 12)),
    );
  });

  it('has length one, and neither the order nor the number of the same phrases matters', () => {
    fc.assert(
      fc.property(direction, fc.array(direction, { minLength: 1, maxLength: 5 }), (own, phrases) => {
        const vector = passageVector(own, phrases);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 10);
        const again = passageVector(own, [...phrases, ...[...phrases].reverse()]);
        vector.forEach((value, at) => {
          expect(again[at]).toBeCloseTo(value, 10);
        });
      }),
    );
  });
});
