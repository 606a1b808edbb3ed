/** Score (−5 … +5) at or below which the latest quarter of a conversation counts as angry. */
const low = -2;
/** By how much it must have fallen from the best quarter before. */
const fall = 3;

/**
 * True when a customer's mood has fallen sharply: the latest quarter is bad and clearly worse than an earlier one, over
 * three scored turns or more. `trend` is the mean score of each quarter so far.
 */
export function fallsSharply(trend: readonly (number | null)[]): boolean {
  const quarters = trend.filter((each) => each !== null);
  const last = quarters.pop();
  if (last === undefined || quarters.length < 2) return false;
  return last <= low && Math.max(...quarters) - last >= fall;
}
