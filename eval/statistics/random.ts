import type { Groups } from './groups.ts';

/**
 * An endless row of random whole numbers from 0 to 2³² − 1: xoshiro128++ of Blackman & Vigna, "Scrambled linear
 * pseudorandom number generators" (ACM TOMS 47, 2021), which is integers only and so the same on every machine. `state` is four
 * 32-bit numbers, not all 0.
 */
export function xoshiro(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const sum = (a + d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + a) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** The generator of a seed, a whole number: its state is the seed spread by the finalizer of MurmurHash3 (Appleby). */
export function randomOf(seed: number): () => number {
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
  const drawn = new Int32Array(groups.count);
  const weights = new Int32Array(groups.of.length);
  const share = groups.count / 2 ** 32;
  return {
    weights,
    next() {
      drawn.fill(0);
      for (let draw = 0; draw < drawn.length; draw++) {
        const group = (random() * share) | 0;
        drawn[group] = (drawn[group] as number) + 1;
      }
      for (let row = 0; row < weights.length; row++) weights[row] = drawn[groups.of[row] as number] as number;
    },
  };
}

/** Fills `coins` with 0 and 1, each as likely, 32 of them from one number of `random`. */
export function toss(coins: Uint8Array, random: () => number): void {
  let bits = 0;
  for (let coin = 0; coin < coins.length; coin++) {
    bits = coin % 32 === 0 ? random() : bits >>> 1;
    coins[coin] = bits & 1;
  }
}
