import { ParlanceError } from '#contracts';
import { encoderGraph, type ModelKind, maxTokensOf } from '#inference';
import { labelsOf } from './labels.ts';

/** Encoders with a head that gives texts one of some labels. */
export const sequenceClassification: ModelKind = {
  name: 'text classification',
  async describe(facts) {
    const { id, config } = facts;
    const labels = labelsOf(config);
    const hasHead = config.architectures?.some((name) => name.endsWith('ForSequenceClassification'));
    // One output is a score, not a label.
    if (!hasHead || labels.length < 2) return undefined;
    if (config.problem_type === 'multi_label_classification') {
      throw new ParlanceError(
        'unsupported',
        `${id} gives a text several labels at once, which is not served.`,
      );
    }
    const moods = facts.task === 'classifications' ? undefined : moodsOf(labels);
    return {
      ...encoderGraph(facts),
      task: moods ? 'sentiment' : 'classifications',
      kernel: 'sequence-classification',
      labels: moods ?? labels,
      maxTokens: await maxTokensOf(facts),
    };
  },
};

/** What models of sentiment call their labels; stars are those of reviews. */
const moods: Record<string, string> = {
  ...{ negative: 'negative', neg: 'negative', neutral: 'neutral', neu: 'neutral' },
  ...{ positive: 'positive', pos: 'positive', '1 star': 'negative', '2 stars': 'negative' },
  ...{ '3 stars': 'neutral', '4 stars': 'positive', '5 stars': 'positive' },
};

/** The labels in the words of the sentiment task; undefined where one is about something else. */
function moodsOf(labels: string[]): string[] | undefined {
  const known = labels.map((label) => moods[label.toLowerCase().replaceAll('_', ' ')]);
  return known.every((mood) => mood !== undefined) ? (known as string[]) : undefined;
}
