import { createHash } from 'node:crypto';

/**
 * A number in 0…1 that follows from a seed, what it is for, and a key: the first 48 bits of their SHA-256. It is the same on every
 * machine, and does not depend on what else is drawn.
 */
export function drawn(seed: number, purpose: string, key: string): number {
  const hash = createHash('sha256').update(`${seed} ${purpose} ${key}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}

/** The keys in an order that the seed decides, whatever order they came in. */
export function shuffled(seed: number, purpose: string, keys: readonly string[]): string[] {
  const lots = keys.map((key) => ({ key, lot: drawn(seed, purpose, key) }));
  return lots.sort((a, b) => a.lot - b.lot || (a.key < b.key ? -1 : 1)).map(({ key }) => key);
}

/** What becomes of a row in a queue. */
export interface PlannedItem {
  rowId: string;
  /** Whether the second system is shown as the first. */
  swapped: boolean;
  /** How many are to judge it. */
  raters: number;
}

/**
 * The sides of chosen rows and who is to judge how many of them: `overlap.raters` the given share, rounded up, and one each other
 * row. Sides are drawn for each row by itself, so that nobody learns one from another.
 */
export function planItems(
  rowIds: readonly string[],
  { seed, pairs, overlap }: { seed: number; pairs: boolean; overlap: { raters: number; share: number } },
): PlannedItem[] {
  const shared = new Set(
    shuffled(seed, 'overlap', rowIds).slice(0, Math.ceil(rowIds.length * overlap.share)),
  );
  return rowIds.map((rowId) => ({
    rowId,
    swapped: pairs && drawn(seed, 'side', rowId) < 0.5,
    raters: shared.has(rowId) ? overlap.raters : 1,
  }));
}
