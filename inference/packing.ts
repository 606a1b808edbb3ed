import type { Tensor } from './engine.ts';
import { padded } from './tensors.ts';

/** Rows of `order` that share one forward pass, padded to `width` tokens. */
export interface Pack {
  rows: number[];
  width: number;
}

/** What a forward pass costs beside its tokens, in tokens: measured with `npm run bench` on batches of 1 to 32 texts. */
const passCost = 12;

/**
 * Splits rows into the forward passes that cost least in all: padding is paid for token by token, a pass by `passCost`.
 * Passes hold at most `budget` padded tokens (longest row × rows), so none can outgrow memory, unless a single row exceeds
 * it. Optimal over rows sorted by length, by dynamic programming over where a pass ends.
 */
export function pack(lengths: readonly number[], budget: number): Pack[] {
  const order = lengths.map((_, row) => row).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const sorted = order.map((row) => lengths[row] ?? 0);
  // cost[end] is the least cost of the first `end` rows, and begin[end] where the last of their passes begins.
  const cost = [0];
  const begin = [0];
  for (let end = 1; end <= sorted.length; end++) {
    cost[end] = Number.POSITIVE_INFINITY;
    for (let start = end - 1; start >= 0; start--) {
      const padded = (sorted[start] ?? 0) * (end - start);
      if (padded > budget && end - start > 1) break;
      const total = (cost[start] ?? 0) + passCost + padded;
      if (total >= (cost[end] ?? 0)) continue;
      cost[end] = total;
      begin[end] = start;
    }
  }
  const packs: Pack[] = [];
  for (let end = sorted.length; end > 0; end = begin[end] ?? 0) {
    const start = begin[end] ?? 0;
    packs.unshift({ rows: order.slice(start, end), width: sorted[start] ?? 0 });
  }
  return packs;
}

/** Token ids of one row, and for pairs the type of each. */
export interface EncoderRow {
  ids: readonly number[];
  types?: readonly number[];
}

/** The three inputs of a BERT-shaped encoder for the given rows, right-padded with zeros to `width`. */
export function encoderInputs(rows: readonly EncoderRow[], width: number): Record<string, Tensor> {
  const { ids, mask } = padded(
    rows.map((row) => row.ids),
    0,
    width,
  );
  const types = padded(
    rows.map((row) => row.types ?? []),
    0,
    width,
  );
  return { input_ids: ids, attention_mask: mask, token_type_ids: types.ids };
}

/** The places of inputs, those together that have the same key; in the order in which keys come first. */
export function alikeBy<I>(inputs: readonly I[], keyOf: (input: I) => string): number[][] {
  const groups = new Map<string, number[]>();
  inputs.forEach((input, place) => {
    const key = keyOf(input);
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  });
  return [...groups.values()];
}
