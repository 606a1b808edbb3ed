/**
 * Leaves no chance to a token that would end a run of `size` tokens which was written before (Paulus et al. 2017; `no_repeat_ngram_size`
 * of transformers). `written` is all that its row has so far.
 */
export function banRepeats(logits: Float32Array, written: readonly number[], size: number): void {
  const last = written.length - size + 1;
  for (let from = 0; from + size <= written.length; from++) {
    let same = true;
    for (let at = 0; same && at < size - 1; at++) same = written[from + at] === written[last + at];
    if (same) logits[written[from + size - 1] as number] = Number.NEGATIVE_INFINITY;
  }
}
