/** The fewest edits from one sequence to another, and how many units they leave as they are. */
export interface Edits {
  edits: number;
  kept: number;
}

/**
 * Levenshtein's distance. Of several ways of as few edits, which may keep more or fewer units, `kept` is of the one that
 * RapidFuzz takes, which jiwer is built on: from the end, a unit of the reference is dropped where that is cheapest; else one of
 * the output is added, but only where it beats going diagonally.
 */
export function editsBetween(reference: readonly string[], output: readonly string[]): Edits {
  const { start, end } = common(reference, output);
  const rows = reference.length - end - start;
  let costs = Int32Array.from({ length: rows + 1 }, (_, row) => row);
  let kept = new Int32Array(rows + 1);
  let nextCosts = new Int32Array(rows + 1);
  let nextKept = new Int32Array(rows + 1);
  for (let column = start; column < output.length - end; column++) {
    nextCosts[0] = column - start + 1;
    nextKept[0] = 0;
    for (let row = 1; row <= rows; row++) {
      const same = Number(reference[start + row - 1] === output[column]);
      const diagonal = costs[row - 1] as number;
      const before = costs[row] as number;
      const above = nextCosts[row - 1] as number;
      const cost = Math.min(diagonal + 1 - same, before + 1, above + 1);
      nextCosts[row] = cost;
      if (cost === above + 1) nextKept[row] = nextKept[row - 1] as number;
      else if (before < diagonal) nextKept[row] = kept[row] as number;
      else nextKept[row] = (kept[row - 1] as number) + same;
    }
    [costs, nextCosts, kept, nextKept] = [nextCosts, costs, nextKept, kept];
  }
  return { edits: costs[rows] as number, kept: start + end + (kept[rows] as number) };
}

/** How many units both begin with, and how many of the others both end with. */
function common(one: readonly string[], other: readonly string[]): { start: number; end: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return { start, end };
}
