import type { Random } from '#inference';
import { shuffled } from './shuffled.ts';

/** The fold of each row, 0…count−1: every class is spread over the folds as evenly as it can be. */
export function stratifiedFolds(labels: ArrayLike<number>, count: number, random: Random): Uint8Array {
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    const rows = byClass.get(label);
    if (rows) rows.push(row);
    else byClass.set(label, [row]);
  }
  const folds = new Uint8Array(labels.length);
  let next = 0;
  for (const rows of byClass.values()) for (const row of shuffled(rows, random)) folds[row] = next++ % count;
  return folds;
}

/** At most `count` of the rows, each class in proportion and with at least `least` of its rows, in their order. */
export function stratifiedSample(
  labels: ArrayLike<number>,
  count: number,
  random: Random,
  least = 6,
): number[] {
  const all = Array.from({ length: labels.length }, (_, row) => row);
  if (all.length <= count) return all;
  const sizes = new Map<number, number>();
  for (const row of all) sizes.set(labels[row] as number, (sizes.get(labels[row] as number) ?? 0) + 1);
  const left = new Map(
    [...sizes].map(([label, size]) => [label, Math.max(least, Math.floor((size * count) / all.length))]),
  );
  const taken = shuffled(all, random).filter((row) => {
    const open = left.get(labels[row] as number) ?? 0;
    left.set(labels[row] as number, open - 1);
    return open > 0;
  });
  return taken.sort((a, b) => a - b);
}
