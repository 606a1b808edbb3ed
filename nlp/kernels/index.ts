import type { KernelRegistry } from '#inference';
import { causal } from './causal.ts';
import { crossEncoder } from './cross-encoder.ts';
import { sentenceEmbedding } from './sentence-embedding.ts';
import { seq2seq } from './seq2seq.ts';
import { sequenceClassification } from './sequence-classification.ts';
import { tokenClassification } from './token-classification.ts';

/** What workers can run on text, by the name cards use. */
export const textKernels: KernelRegistry = {
  [sequenceClassification.name]: sequenceClassification,
  [sentenceEmbedding.name]: sentenceEmbedding,
  [seq2seq.name]: seq2seq,
  [causal.name]: causal,
  [tokenClassification.name]: tokenClassification,
  [crossEncoder.name]: crossEncoder,
};
