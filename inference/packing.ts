import type { Tensor } from './engine.ts';

/** Rows of `order` that share one forward pass, padded to `width` tokens. */
export interface Pack {
  rows: number[];
  width: number;
}

/**
 * Splits rows into forward passes of at most `budget` padded tokens (longest row × rows), longest first, so that one
 * long row does not make many short ones pay for it and no pass can outgrow memory. A single row may exceed the budget.
 */
export function pack(lengths: readonly number[], budget: number): Pack[] {
  const order = lengths.map((_, row) => row).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const packs: Pack[] = [];
  let open: Pack | undefined;
  for (const row of order) {
    if (!open || open.width * (open.rows.length + 1) > budget) {
      open = { rows: [], width: lengths[row] ?? 0 };
      packs.push(open);
    }
    open.rows.push(row);
  }
  return packs;
}

/** The three inputs of a BERT-shaped encoder for the given rows, right-padded with zeros to `width`. */
export function encoderInputs(ids: readonly (readonly number[])[], width: number): Record<string, Tensor> {
  const size = ids.length * width;
  const dims = [ids.length, width];
  const tokens = new BigInt64Array(size);
  const mask = new BigInt64Array(size);
  // Writing the low halves as int32 is several times faster than making a BigInt for every token.
  const low = new Int32Array(tokens.buffer);
  const lowMask = new Int32Array(mask.buffer);
  for (let row = 0; row < ids.length; row++) {
    const from = ids[row] ?? [];
    for (let column = 0; column < from.length; column++) {
      const at = (row * width + column) * 2;
      low[at] = from[column] ?? 0;
      lowMask[at] = 1;
    }
  }
  return {
    input_ids: { data: tokens, dims },
    attention_mask: { data: mask, dims },
    token_type_ids: { data: new BigInt64Array(size), dims },
  };
}
