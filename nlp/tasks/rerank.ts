import type { RerankResult } from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import type { Pair } from '../kernels/cross-encoder.ts';
import { sentenceEmbedding } from '../kernels/sentence-embedding.ts';
import { dot } from '../vector.ts';

export const rerank = defineTask({
  name: 'rerank',
  title: 'Rerank',
  description:
    'Says how near each text is to a query, so that passages found by other means can be put in order: by a cross-encoder, which reads both together, where there is one, and else by embeddings. Scores come in the order of the texts. What exceeds the token limit of the model is left out and reported as `usage.truncated`.',
  models: ['rerank', 'embeddings'],
  async run(texts, { query }, call): Promise<RerankResult[]> {
    const { task, kernel } = call.card;
    // A card may give the task to embeddings.
    return task === 'rerank' && kernel !== sentenceEmbedding.name
      ? await byReadingBoth(texts, query, call)
      : await byEmbeddings(texts, query, call);
  },
});

async function byReadingBoth(texts: string[], query: string, call: ModelCall): Promise<RerankResult[]> {
  const outputs = await call.infer<number>(texts.map((text): Pair => ({ query, text })));
  return outputs.map(({ value: logit }) => ({
    score: rounded(1 / (1 + Math.exp(-logit))),
    logit: Math.round(logit * 1e4) / 1e4,
  }));
}

async function byEmbeddings(texts: string[], query: string, call: ModelCall): Promise<RerankResult[]> {
  const [asked, ...read] = await call.infer<Float32Array>([query, ...texts]);
  const wanted = asked?.value ?? new Float32Array();
  return read.map(({ value }) => ({ score: rounded(dot(wanted, value)) }));
}

/** Four decimals are what int8 weights are good for. Rounding errors can take a cosine beyond 1. */
const rounded = (score: number) => Math.max(-1, Math.min(1, Math.round(score * 1e4) / 1e4));
