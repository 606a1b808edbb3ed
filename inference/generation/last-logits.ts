import type { Tensor } from '../engine.ts';

/** Of rows × length × vocabulary what follows the last token of each row. */
export function lastLogits(logits: Tensor | undefined, vocabulary: number): Float32Array {
  const [rows = 0, length = 0, width = 0] = logits?.dims ?? [];
  if (!logits || width !== vocabulary)
    throw new Error(`the decoder gives no logits of ${vocabulary} tokens, which its config.json says it has`);
  const data = logits.data as Float32Array;
  if (length === 1) return data;
  const last = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = (row * length + length - 1) * width;
    last.set(data.subarray(from, from + width), row * width);
  }
  return last;
}
