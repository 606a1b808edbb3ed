import { encodeTexts, type Kernel } from '#inference';

/** Class probabilities in the order of the card's labels: softmax over the logits of a sequence classifier. */
export const sequenceClassification: Kernel<string, Float32Array> = {
  name: 'sequence-classification',
  run: (model, texts, passTokens) =>
    encodeTexts(model, texts, passTokens, 'logits', ({ output, rows }) => {
      const logits = output.data as Float32Array;
      const classes = logits.length / rows;
      return Array.from({ length: rows }, (_, row) =>
        softmax(logits.subarray(row * classes, (row + 1) * classes)),
      );
    }),
};

/** Shifted by the maximum, so that large logits do not overflow. Throws when a logit is not finite. */
export function softmax(logits: Float32Array): Float32Array {
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  if (!Number.isFinite(total)) throw new Error('the graph returned logits that are not finite');
  return exponentials.map((value) => value / total);
}
