import type { ModelCard, ModelStatus } from '#contracts';
import type { ModelCatalogue } from '#inference';
import { textTasks } from '#nlp';
import type { Inference } from '../inference.ts';

const tasks = textTasks();

/** Whether its task answers with this model where nobody asks for one: many have an answer of their own, or run on other models. */
export function answersUnasked(catalogue: ModelCatalogue, card: ModelCard): boolean {
  if (card.task === 'chat') return catalogue.isDefault(card);
  const { models = [card.task], builtIn } = tasks[card.task];
  return !builtIn && models[0] === card.task && catalogue.isDefault(card);
}

/** A card and how its model is doing. */
export function statusOf(inference: Inference, card: ModelCard): ModelStatus {
  const { files: _files, graph: _graph, decoder: _decoder, endpoint: _endpoint, ...shown } = card;
  const condition = inference.conditionOf(card);
  const status = {
    ...shown,
    bytes: inference.store.size(card),
    default: answersUnasked(inference.catalogue, card),
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
