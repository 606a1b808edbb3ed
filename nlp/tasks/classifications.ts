import { type ClassificationsOptions, type ClassificationsResult, ParlanceError } from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import { probabilitiesOf } from '../classic/head.ts';
import type { Heads, TrainedHead } from '../classic/heads.ts';
import { prototypeOf, sayingsOf, zeroShot } from '../classic/zero-shot.ts';

/** Labels of texts: by a classifier that was trained here, or by what labels mean. */
export const classifications = (heads: Heads) =>
  defineTask({
    name: 'classifications',
    title: 'Classifications',
    description:
      'Gives texts one of some labels, with calibrated probabilities: by a classifier that was trained here (`POST /api/v1/classifiers`), or without training by what 2 to 100 labels mean. A text that fits none is out of scope. What exceeds the token limit of the model is left out and reported as `usage.truncated`.',
    models: ['embeddings'],
    async run(texts, options, call) {
      const { classifier, threshold } = options;
      if (classifier === undefined) return await byMeaning(texts, options, call);
      const trained = await heads.find(call.tenant, classifier);
      refuseOtherModel(trained, call);
      const { head, name, version } = trained;
      const outputs = await call.infer<Float32Array>(texts);
      return outputs.map(({ value }, at) => ({
        ...resultOf(head.labels, probabilitiesOf(head, texts[at] ?? '', value), threshold ?? head.threshold),
        classifier: `${name}@${version}`,
      }));
    },
  });

/** Trained weights mean something over the embeddings they were trained on only. */
function refuseOtherModel({ name, version, model }: TrainedHead, { card }: ModelCall): void {
  if (card.id === model.id && card.revision === model.revision) return;
  const detail = `${name}@${version} was trained on the embeddings of ${model.id} (${model.revision}), not of ${card.id} (${card.revision}). Train it again.`;
  throw ParlanceError.field('/model', detail, 'conflict');
}

async function byMeaning(
  texts: string[],
  { labels = [], threshold = 0 }: ClassificationsOptions,
  call: ModelCall,
): Promise<ClassificationsResult[]> {
  const sayings = labels.map(sayingsOf);
  const outputs = await call.infer<Float32Array>([...texts, ...sayings.flat()]);
  const vectors = outputs.map(({ value }) => value);
  let next = texts.length;
  const prototypes = sayings.map(({ length }) => {
    next += length;
    return prototypeOf(vectors.slice(next - length, next));
  });
  const names = labels.map((label) => (typeof label === 'string' ? label : label.name));
  return texts.map((_, at) => resultOf(names, zeroShot(vectors[at] as Float32Array, prototypes), threshold));
}

function resultOf(labels: string[], probabilities: number[], threshold: number): ClassificationsResult {
  const highest = Math.max(...probabilities);
  return {
    label: labels[probabilities.indexOf(highest)] ?? '',
    probabilities: Object.fromEntries(
      labels.map((label, at) => [label, Math.round((probabilities[at] ?? 0) * 1e4) / 1e4]),
    ),
    outOfScope: highest < threshold,
  };
}
