/** The lengths of the longest common subsequences of each beginning of `one` with each of `other`, row by row. */
function lengths(one: readonly string[], other: readonly string[]): Uint32Array {
  const width = other.length + 1;
  const table = new Uint32Array((one.length + 1) * width);
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column < width; column++) {
      const here = row * width + column;
      table[here] =
        one[row - 1] === other[column - 1]
          ? (table[here - width - 1] as number) + 1
          : Math.max(table[here - width] as number, table[here - 1] as number);
    }
  }
  return table;
}

/** How many words can be kept of both, in their order. */
export function commonLength(one: readonly string[], other: readonly string[]): number {
  const table = lengths(one, other);
  return table[table.length - 1] as number;
}

/** The places in `one` of a longest common subsequence, last first: the one that Google's rouge-score finds. */
export function commonPlaces(one: readonly string[], other: readonly string[]): number[] {
  const table = lengths(one, other);
  const width = other.length + 1;
  const places: number[] = [];
  for (let row = one.length, column = other.length; row > 0 && column > 0; ) {
    const here = row * width + column;
    if (one[row - 1] === other[column - 1]) {
      places.push(--row);
      column--;
    } else if ((table[here - 1] as number) > (table[here - width] as number)) column--;
    else row--;
  }
  return places;
}
