import { answered, encodeRows, type Kernel, type Pass } from '#inference';

/** A text to be classified, alone or with another that it is read with. */
export interface Classified {
  readonly text: string;
  readonly pair?: string | undefined;
  /** The logits as they are, not as probabilities. */
  readonly raw?: boolean | undefined;
}

/** Class probabilities in the order of the card's labels: softmax over the logits of a sequence classifier. */
export const sequenceClassification: Kernel<string | Classified, Float32Array> = {
  name: 'sequence-classification',
  async *run(model, inputs, passTokens) {
    const from = performance.now();
    const asked = inputs.map((input): Classified => (typeof input === 'string' ? { text: input } : input));
    const encodings = asked.map(({ text, pair }) =>
      pair === undefined ? model.tokenizer.encode(text) : model.tokenizer.encodePair(text, pair),
    );
    const passes = encodeRows(model, encodings, passTokens, 'logits');
    yield* answered(encodings, performance.now() - from, passes, (pass, places) =>
      places.map((place, row) =>
        asked[place]?.raw ? logitsOf(pass, row).slice() : softmax(logitsOf(pass, row)),
      ),
    );
  },
};

function logitsOf({ output, rows }: Pass, row: number): Float32Array {
  const classes = output.data.length / rows;
  return (output.data as Float32Array).subarray(row * classes, (row + 1) * classes);
}

/** Shifted by the maximum, so that large logits do not overflow. Throws when a logit is not finite. */
export function softmax(logits: Float32Array): Float32Array {
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  if (!Number.isFinite(total)) throw new Error('the graph returned logits that are not finite');
  return exponentials.map((value) => value / total);
}
