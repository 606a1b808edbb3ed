import { ParlanceError, zeroShotClassificationRequest } from '#contracts';
import { classesOf } from '../../classes.ts';
import { runWhole } from '../../whole-call.ts';
import { definePipeline, pointerIn, unlisted } from './pipeline.ts';

/** Labels without training. What a template says of a label is for embeddings its description. */
export const zeroShotClassification = definePipeline(
  ['embeddings', 'classifications'],
  zeroShotClassificationRequest,
  async ({ inputs, parameters }, { inference, model, caller }) => {
    const { candidate_labels, multi_label, hypothesis_template } = parameters;
    refuseUnusable(candidate_labels);
    const embeds = inference.catalogue.get(model).task === 'embeddings';
    const labels =
      embeds && hypothesis_template
        ? candidate_labels.map((name) => ({ name, description: hypothesis_template.split('{}').join(name) }))
        : candidate_labels;
    const options = {
      labels,
      ...(multi_label && { multiple: true }),
      ...(!embeds && hypothesis_template && { hypothesis: hypothesis_template }),
    };
    const call = { texts: [inputs].flat(), model, options, pointer: pointerIn(inputs) };
    const { results } = await runWhole(inference.tasks, 'classifications', call, caller);
    return { answer: unlisted(inputs, results.map(classesOf)) };
  },
  { labels: true },
);

/** Said here and not by the schema, which tells the pipelines of a model apart. */
function refuseUnusable(labels: readonly string[]): void {
  const blank = labels.some((label) => label.trim() === '');
  const detail =
    labels.length < 2
      ? 'Give at least two labels.'
      : blank || new Set(labels).size < labels.length
        ? 'Give each label once, and none that is empty.'
        : undefined;
  if (detail) throw ParlanceError.field('/parameters/candidate_labels', detail);
}
