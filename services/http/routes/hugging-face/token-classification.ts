import { type Entity, ParlanceError, tokenClassificationRequest } from '#contracts';
import { runWhole } from '../../whole-call.ts';
import { definePipeline, pointerIn, unlisted } from './pipeline.ts';

/** What a token classifier finds by itself, without our patterns and with its own labels. */
export const tokenClassification = definePipeline(
  ['entities'],
  tokenClassificationRequest,
  async ({ inputs, parameters }, { inference, model, caller }) => {
    const { aggregation_strategy, ignore_labels } = parameters ?? {};
    const ignored = ignore_labels ?? ['O'];
    if (!ignored.includes('O')) {
      const detail =
        'What is outside of every span is never answered. Put "O" into `ignore_labels`, or leave it out.';
      throw ParlanceError.field('/parameters/ignore_labels', detail, 'unsupported');
    }
    const aggregation = aggregation_strategy ?? 'simple';
    const options = { aggregation, patterns: false };
    const call = { texts: [inputs].flat(), model, options, pointer: pointerIn(inputs) };
    const { results } = await runWhole(inference.tasks, 'entities', call, caller);
    const found = results.map(({ entities }) =>
      entities
        .filter(({ label = '' }) => !ignored.includes(label))
        .map((entity, at) => ({
          ...(aggregation === 'none'
            ? { entity: entity.label ?? '', index: at + 1 }
            : { entity_group: entity.label ?? '' }),
          ...placeOf(entity),
        })),
    );
    return { answer: unlisted(inputs, found) };
  },
);

const placeOf = ({ score, text: word, startCodePoint: start, endCodePoint: end }: Entity) => ({
  ...{ score, word, start, end },
});
