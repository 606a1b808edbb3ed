import type { Groups } from './groups.ts';

/** Fills an array with random whole numbers from 0 to 2³² − 1, and goes on where it was the next time. */
export type Random = (numbers: Uint32Array) => void;

/**
 * xoshiro128++ of Blackman & Vigna, "Scrambled linear pseudorandom number generators" (ACM TOMS 47, 2021): integers only, so the
 * same on every machine. `state` is four 32-bit numbers, not all 0. It fills arrays because that is twice as fast as one call for
 * each number.
 */
export function xoshiro(state: readonly [number, number, number, number]): Random {
  let kept = state;
  return (numbers) => {
    let [a, b, c, d] = kept;
    for (let index = 0; index < numbers.length; index++) {
      const sum = (a + d) | 0;
      numbers[index] = ((sum << 7) | (sum >>> 25)) + a;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    kept = [a, b, c, d];
  };
}

/** The generator of a seed, a whole number: its state is the seed spread by the finalizer of MurmurHash3 (Appleby). */
export function randomOf(seed: number): Random {
  const part = (index: number) => {
    let hash = Math.imul(seed, 0x9e3779b9) + Math.imul(index, 0x6a09e667);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  };
  // The last part keeps the state from being all 0, from which it would never leave.
  return xoshiro([part(1), part(2), part(3), part(4) | 1]);
}

/** How often each row counts in one resample; the array is the same each time. */
export interface Resampler {
  readonly weights: Int32Array;
  next(): void;
}

/**
 * Draws as many groups as there are, with replacement and all alike, and counts every row as often as its group was drawn:
 * the resample of a cluster bootstrap. (A group's chance is off by less than the number of groups in 2³².)
 */
export function resamplerOf(groups: Groups, seed: number): Resampler {
  const random = randomOf(seed);
  const numbers = new Uint32Array(groups.count);
  const drawn = new Int32Array(groups.count);
  const weights = new Int32Array(groups.of.length);
  const share = groups.count / 2 ** 32;
  return {
    weights,
    next() {
      random(numbers);
      drawn.fill(0);
      for (let draw = 0; draw < drawn.length; draw++) {
        const group = ((numbers[draw] as number) * share) | 0;
        drawn[group] = (drawn[group] as number) + 1;
      }
      for (let row = 0; row < weights.length; row++) weights[row] = drawn[groups.of[row] as number] as number;
    },
  };
}

/** Coins that all fall anew each time, 0 or 1 as likely; the array is the same each time. */
export interface Coins {
  readonly coins: Uint8Array;
  next(): void;
}

/** So many coins, each from one bit of the generator. */
export function coinsOf(count: number, seed: number): Coins {
  const random = randomOf(seed);
  const coins = new Uint8Array(count);
  const numbers = new Uint32Array(Math.ceil(count / 32));
  return {
    coins,
    next() {
      random(numbers);
      for (let coin = 0; coin < count; coin++)
        coins[coin] = ((numbers[coin >>> 5] as number) >>> (coin & 31)) & 1;
    },
  };
}
