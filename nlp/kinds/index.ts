import type { ModelKind } from '#inference';
import { causal } from './causal.ts';
import { crossEncoder } from './cross-encoder.ts';
import { manyToMany } from './many-to-many.ts';
import { marian } from './marian.ts';
import { sentenceEmbedding } from './sentence-embedding.ts';
import { sequenceClassification } from './sequence-classification.ts';
import { textToText } from './text-to-text.ts';
import { tokenClassification } from './token-classification.ts';

/** The kinds of model that can be added, tried in this order: those with a head of their own before bare encoders. */
export const modelKinds: readonly ModelKind[] = [
  sequenceClassification,
  crossEncoder,
  tokenClassification,
  marian,
  manyToMany,
  textToText,
  causal,
  sentenceEmbedding,
];
