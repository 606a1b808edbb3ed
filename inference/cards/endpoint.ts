import { ParlanceError } from '#contracts';
import { type AboutModel, cardFile, type DerivedCard, type OwnCard } from './own.ts';

/**
 * The card of a model on a server elsewhere, made from a card of ours alone.
 * @throws ParlanceError `unsupported` for one that does not say enough, and for one that somebody else wrote: it could send texts, and
 * whatever the environment has in its variables, to a place that nobody here chose
 */
export function behindEndpoint(own: OwnCard, { id, source }: AboutModel): DerivedCard {
  if (source !== 'dir') {
    const detail = `The ${cardFile} of ${id} has an endpoint, which only a folder in PARLANCE_MODELS_DIR may have.`;
    throw new ParlanceError('unsupported', detail);
  }
  const { task, engine, maxTokens, files: _files, ...said } = own;
  const width = task === 'rerank' ? 1 : (said.dimensions ?? said.labels);
  if (!task || !engine || !maxTokens || !width) {
    const detail = `The ${cardFile} of ${id} has an endpoint and must say task, engine, maxTokens, and dimensions or labels unless it ranks.`;
    throw new ParlanceError('unsupported', detail);
  }
  return {
    name: id.split('/').at(-1) ?? id,
    description: '',
    kernel: '',
    graph: '',
    dtype: 'unknown',
    licence: 'not stated',
    languages: [],
    quality: [],
    revision: said.endpoint?.model ?? 'unknown',
    ...said,
    ...{ id, task, engine, maxTokens, source: 'remote' },
  };
}
