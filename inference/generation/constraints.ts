import { banRepeats } from './repeats.ts';
import type { SearchSettings } from './search.ts';

/** The token that must come after so many of an output, if one must. */
export function forcedAfter(
  written: number,
  { prompt, forced, forcedLast, maxLength }: SearchSettings,
): number | undefined {
  return forced[written] ?? (prompt.length + written + 1 === maxLength ? forcedLast : undefined);
}

/**
 * What keeps rows that have been written so far, prompt included, from tokens that may not come next: those that would repeat a run of
 * tokens, and the end where it is too early. Undefined where nothing is forbidden by what was written, which some graphs rank faster.
 */
export function forbiddenBy(
  written: readonly (readonly number[])[],
  { end, minLength, noRepeatNgram }: SearchSettings,
): ((logits: Float32Array, row: number) => void) | undefined {
  const early = (written[0]?.length ?? 0) < minLength;
  if (noRepeatNgram === 0 && !early) return undefined;
  return (logits, row) => {
    if (noRepeatNgram > 0) banRepeats(logits, written[row] ?? [], noRepeatNgram);
    if (early) for (const token of end) logits[token] = Number.NEGATIVE_INFINITY;
  };
}
