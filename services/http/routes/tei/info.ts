import type { z } from 'zod';
import { type ModelCard, maxTextsPerCall, ParlanceError, type teiInfo } from '#contracts';
import type { Services } from '../../../container.ts';
import { batchLimits } from '../../../inference.ts';

type Info = z.infer<typeof teiInfo>;

/**
 * What `/info` says of a model.
 * @throws ParlanceError `unsupported` for a model that is none of their kinds
 */
export function aboutModel(card: ModelCard, config: Services['config']): Info {
  return {
    model_id: card.id,
    model_sha: card.revision,
    model_dtype: card.dtype,
    served_model_name: card.id,
    model_type: typeOf(card),
    max_concurrent_requests: config.queueTokens,
    max_input_length: card.maxTokens,
    max_batch_tokens: batchLimits.tokens,
    max_batch_requests: batchLimits.items,
    max_client_batch_size: maxTextsPerCall,
    auto_truncate: true,
    tokenization_workers: config.workers,
    version: config.version,
    sha: null,
    docker_label: null,
  };
}

function typeOf(card: ModelCard): Info['model_type'] {
  if (card.task === 'embeddings') return { embedding: { pooling: card.pooling ?? 'mean' } };
  if (card.task === 'sentiment' || card.task === 'classifications')
    return { classifier: labelsOf(card.labels ?? []) };
  // The one output of a reranker has the name that transformers gives it.
  if (card.task === 'rerank') return { reranker: labelsOf(['LABEL_0']) };
  const detail = `${card.id} is neither for embeddings nor a classifier nor a reranker. See /api/v1/models/${card.id}.`;
  throw ParlanceError.field('/model', detail, 'unsupported');
}

const labelsOf = (labels: readonly string[]) => ({
  id2label: Object.fromEntries(labels.map((label, at) => [String(at), label])),
  label2id: Object.fromEntries(labels.map((label, at) => [label, at])),
});
