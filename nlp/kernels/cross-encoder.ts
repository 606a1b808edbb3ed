import { answered, encodeRows, type Kernel } from '#inference';

/** A text, and what it is to be relevant for. */
export interface Pair {
  readonly query: string;
  readonly text: string;
}

/**
 * How relevant texts are to queries, by a model that reads both together (Nogueira & Cho 2019, "Passage re-ranking with BERT"): its one
 * logit, unbounded. What does not fit is cut, the longer of the two first.
 */
export const crossEncoder: Kernel<string | Pair, number> = {
  name: 'cross-encoder',
  async *run(model, inputs, passTokens) {
    const from = performance.now();
    const encodings = inputs.map((input) =>
      typeof input === 'string'
        ? model.tokenizer.encodePair(input, input)
        : model.tokenizer.encodePair(input.query, input.text),
    );
    const passes = encodeRows(model, encodings, passTokens, 'logits');
    yield* answered(encodings, performance.now() - from, passes, ({ output, rows }) => {
      if (output.data.length !== rows) throw new Error(`${model.card.id} gives a pair more than one score`);
      return Array.from(output.data as Float32Array);
    });
  },
};
