/**
 * The vector that a passage is found by: the mean of its own and of its phrases' mean, so that many phrases count no more than
 * few. Takes vectors of length one and gives one; without phrases it is the passage's own, untouched.
 */
export function passageVector(own: number[], phrases: number[][]): number[] {
  if (phrases.length === 0) return own;
  const mean = own.map(
    (value, at) => value + phrases.reduce((sum, phrase) => sum + (phrase[at] ?? 0), 0) / phrases.length,
  );
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}
