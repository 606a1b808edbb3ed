import type { ModelCard, ModelStatus } from '#contracts';
import type { Inference } from '../inference.ts';

/** A card and how its model is doing. */
export function statusOf(inference: Inference, card: ModelCard): ModelStatus {
  const { files: _files, graph: _graph, decoder: _decoder, endpoint: _endpoint, ...shown } = card;
  const condition = inference.conditionOf(card);
  const status = {
    ...shown,
    bytes: inference.store.size(card),
    default: inference.catalogue.isDefault(card),
    pinned: inference.pinned.has(card.id),
  };
  if (condition.state === 'damaged')
    return { ...status, ...condition, workers: 0, served: { texts: 0, tokens: 0, busyMs: 0 } };
  const { texts, tokens, busyMs, bytes, ...rest } = condition;
  return {
    ...status,
    ...rest,
    ...(bytes !== undefined && { memoryBytes: bytes }),
    served: { texts, tokens, busyMs: Math.round(busyMs) },
  };
}
