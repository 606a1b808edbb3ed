import { encoderGraph, type ModelKind, maxTokensOf } from '#inference';
import { labelsOf } from './labels.ts';

/** Encoders with a head of one output, which says how well two texts that are read together belong to each other. */
export const crossEncoder: ModelKind = {
  name: 'cross-encoder',
  async describe(facts) {
    const { config } = facts;
    const hasHead = config.architectures?.some((name) => name.endsWith('ForSequenceClassification'));
    if (!hasHead || labelsOf(config).length !== 1) return undefined;
    return {
      ...encoderGraph(facts),
      task: 'rerank',
      kernel: 'cross-encoder',
      maxTokens: await maxTokensOf(facts),
    };
  },
};
