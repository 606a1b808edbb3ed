import type { ModelCard, ModelStatus } from '#contracts';
import type { ModelCatalogue, ModelStore } from '#inference';
import { textTasks } from '#nlp';
import type { Inference } from '../inference.ts';

const tasks = textTasks();

/** Whether its task answers with this model where nobody asks for one: many have an answer of their own, or run on other models. */
function answersUnasked(catalogue: ModelCatalogue, card: ModelCard): boolean {
  if (card.task === 'chat') return catalogue.isDefault(card);
  const { models = [card.task], builtIn } = tasks[card.task];
  return !builtIn && models[0] === card.task && catalogue.isDefault(card);
}

/** What is shown of a card: nothing of where its files or its server are. */
export function shownOf(
  { catalogue, store }: { catalogue: ModelCatalogue; store: ModelStore },
  card: ModelCard,
) {
  const {
    files: _files,
    graph: _graph,
    decoder: _decoder,
    decoderNext: _next,
    endpoint: _at,
    ...shown
  } = card;
  return { ...shown, bytes: store.size(card), default: answersUnasked(catalogue, card) };
}

/** A card and how its model is doing. */
export function statusOf(inference: Inference, card: ModelCard): ModelStatus {
  const condition = inference.conditionOf(card);
  const status = { ...shownOf(inference, card), pinned: inference.pinned.has(card.id) };
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
