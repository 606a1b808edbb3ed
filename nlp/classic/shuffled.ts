import type { Random } from '#inference';

/** Puts the values in another order, in place (Fisher & Yates). */
export function shuffled<T extends Uint32Array | number[]>(values: T, random: Random): T {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const held = values[last] as number;
    values[last] = values[other] as number;
    values[other] = held;
  }
  return values;
}
