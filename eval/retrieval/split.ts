/** Which paragraphs the knowledge base is denied, and whose questions may be looked at while anything is chosen. */
export interface Split {
  withheld: Set<number>;
  /** Half of the withheld and half of the others. */
  development: Set<number>;
}

/** Splits `count` paragraphs by a seeded draw: always the same for the same numbers. Questions go with their paragraph. */
export function splitParagraphs(count: number, withheldShare: number, seed: number): Split {
  const order = shuffled(count, seed);
  const border = Math.round(count * withheldShare);
  const half = (numbers: number[]) => numbers.slice(0, Math.floor(numbers.length / 2));
  return {
    withheld: new Set(order.slice(0, border)),
    development: new Set([...half(order.slice(0, border)), ...half(order.slice(border))]),
  };
}

/** Fisher–Yates. */
function shuffled(count: number, seed: number): number[] {
  const random = mulberry32(seed);
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** Numbers in 0…1 by Tommy Ettinger's generator: short, and the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
