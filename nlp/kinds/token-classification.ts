import { encoderGraph, type ModelKind, maxTokensOf } from '#inference';
import { labelsOf } from './labels.ts';

/** Encoders with a head that names parts of a text. What their labels mean is told by their names, or by `kinds` in a card of ours. */
export const tokenClassification: ModelKind = {
  name: 'token classification',
  async describe(facts) {
    const { config } = facts;
    const labels = labelsOf(config);
    const hasHead = config.architectures?.some((name) => name.endsWith('ForTokenClassification'));
    if (!hasHead || labels.length < 2) return undefined;
    return {
      ...encoderGraph(facts),
      task: 'entities',
      kernel: 'token-classification',
      labels,
      maxTokens: await maxTokensOf(facts),
    };
  },
};
