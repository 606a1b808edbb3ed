import { defineTask } from '#inference';
import { dot } from '../vector.ts';

export const rerank = defineTask({
  name: 'rerank',
  title: 'Rerank',
  description:
    'Says how near each text is to a query, so that passages found by other means can be put in order. Scores come in the order of the texts. What exceeds the token limit of the model is left out and reported as `usage.truncated`.',
  models: ['embeddings'],
  async run(texts, { query }, call) {
    const [asked, ...read] = await call.infer<Float32Array>([query, ...texts]);
    const wanted = asked?.value ?? new Float32Array();
    return read.map(({ value }) => ({ score: rounded(dot(wanted, value)) }));
  },
});

/** Four decimals are what int8 weights are good for. Rounding errors can take a cosine beyond 1. */
const rounded = (cosine: number) => Math.max(-1, Math.min(1, Math.round(cosine * 1e4) / 1e4));
