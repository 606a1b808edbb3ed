import { describe, expect, it } from 'vitest';
import { groupsOf } from './groups.ts';
import { coinsOf, type Random, randomOf, resamplerOf, xoshiro } from './random.ts';

function take(random: Random, count: number): number[] {
  const numbers = new Uint32Array(count);
  random(numbers);
  return [...numbers];
}

describe('the generator', () => {
  it('gives the numbers of the reference implementation of xoshiro128++', () => {
    const random = xoshiro([1, 2, 3, 4]);
    expect([...take(random, 4), ...take(random, 6)]).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
      621204420,
    ]);
  });

  it('gives other numbers for each seed, and the same for the same', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => take(randomOf(seed), 1)[0]);
    expect(new Set(firsts).size).toBe(1000);
    expect(take(randomOf(7), 5)).toEqual(take(randomOf(7), 5));
  });

  it('is even, for seeds that lie next to each other too', () => {
    let sum = 0;
    for (let seed = 0; seed < 10_000; seed++) sum += (take(randomOf(seed), 1)[0] as number) / 2 ** 32;
    expect(sum / 10_000).toBeCloseTo(0.5, 1);
    const buckets = new Array<number>(16).fill(0);
    for (const number of take(randomOf(1), 160_000)) {
      const bucket = number >>> 28;
      buckets[bucket] = (buckets[bucket] as number) + 1;
    }
    const chiSquared = buckets.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(37.7);
  });
});

describe('resamples', () => {
  it('draw as many groups as there are, and all rows of a group alike', () => {
    const keys = Array.from({ length: 100 }, (_, row) => `document ${row % 7}`);
    const resampler = resamplerOf(groupsOf(keys), 3);
    for (let resample = 0; resample < 50; resample++) {
      resampler.next();
      const weights = [...resampler.weights];
      const byGroup = new Map(keys.map((key, row) => [key, weights[row] as number]));
      expect(weights).toEqual(keys.map((key) => byGroup.get(key)));
      expect([...byGroup.values()].reduce((sum, weight) => sum + weight, 0)).toBe(7);
    }
  });

  it('leave a row out as often as chance says', () => {
    const resampler = resamplerOf(groupsOf(Array.from({ length: 1000 }, (_, row) => `${row}`)), 5);
    let absent = 0;
    for (let resample = 0; resample < 200; resample++) {
      resampler.next();
      absent += resampler.weights.filter((weight) => weight === 0).length;
    }
    expect(absent / 200_000).toBeCloseTo(Math.exp(-1), 2);
  });
});

it('tosses fair coins, each by itself and anew each time', () => {
  const { coins, next } = coinsOf(100_001, 11);
  next();
  const first = [...coins];
  expect([...new Set(first)].sort()).toEqual([0, 1]);
  expect(first.reduce((sum, coin) => sum + coin, 0) / first.length).toBeCloseTo(0.5, 2);
  for (let apart = 1; apart < 70; apart++) {
    const same = first.filter((coin, index) => coin === first[index + apart]).length;
    expect(same / first.length).toBeCloseTo(0.5, 1.5);
  }
  next();
  const same = first.filter((coin, index) => coin === coins[index]).length;
  expect(same / first.length).toBeCloseTo(0.5, 2);
});

it('numbers groups by their keys, whatever the order of rows', () => {
  expect(groupsOf(['b', 'a', 'b'])).toEqual({ count: 2, of: Int32Array.of(1, 0, 1), alone: false });
  expect(groupsOf(['b', 'a'])).toEqual({ count: 2, of: Int32Array.of(1, 0), alone: true });
  expect(groupsOf([])).toEqual({ count: 0, of: new Int32Array(0), alone: true });
});
