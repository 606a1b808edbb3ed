import { describe, expect, it } from 'vitest';
import { cosine, lengthOf, pairsOf, vectorOf } from './vectors.ts';

describe('vectors', () => {
  it('are the same numbers however they were encoded', () => {
    const numbers = [0.5, -0.25, 1];
    const base64 = Buffer.from(new Float32Array(numbers).buffer).toString('base64');
    expect(vectorOf({ vector: base64 })).toEqual(numbers);
    expect(vectorOf({ vector: numbers })).toEqual(numbers);
  });

  it('compare by angle, not by length', () => {
    expect(cosine([1, 0], [5, 0])).toBeCloseTo(1);
    expect(cosine([1, 0], [0, 2])).toBeCloseTo(0);
    expect(cosine([1, 1], [-2, -2])).toBeCloseTo(-1);
    expect(cosine([0, 0], [1, 1])).toBe(0);
    expect(lengthOf([3, 4])).toBe(5);
  });

  it('pair each two once, the most alike first', () => {
    const pairs = pairsOf([
      [1, 0],
      [0, 1],
      [1, 0.1],
    ]);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
  });
});
