import {
  type ClassificationsOptions,
  type ClassificationsResult,
  type DescribedLabel,
  type ModelCard,
  ParlanceError,
} from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import { probabilitiesOf } from '../classic/head.ts';
import type { Heads, TrainedHead } from '../classic/heads.ts';
import { byInference, infers } from '../classic/inference.ts';
import { prototypeOf, sayingsOf, zeroShot } from '../classic/zero-shot.ts';

/** Labels of texts: by a classifier that was trained here, or by what labels mean. */
export const classifications = (heads: Heads) =>
  defineTask({
    name: 'classifications',
    title: 'Classifications',
    description:
      'Gives texts one of some labels, with calibrated probabilities: by a classifier that was trained here (`POST /api/v1/classifiers`), or without training by what 2 to 100 labels mean, or by a model that has labels of its own or judges what follows from a text. A text that fits none is out of scope. What exceeds the token limit of the model is left out and reported as `usage.truncated`.',
    models: ['embeddings', 'classifications'],
    async checkOptions(options, call) {
      refuseMisplaced(options, call.card);
      if (options.classifier === undefined) return;
      refuseOtherModel(await heads.find(call.tenant, options.classifier), call);
    },
    async run(texts, options, call) {
      const { classifier, threshold } = options;
      refuseMisplaced(options, call.card);
      if (call.card.task === 'classifications') return await byModel(texts, options, call);
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

/** Throws, naming the field, for options that the model cannot follow, or without which there are no labels. */
function refuseMisplaced(options: ClassificationsOptions, card: ModelCard): void {
  const { classifier, labels } = options;
  const own = card.task === 'classifications';
  const inferring = own && infers(card);
  if (own && classifier !== undefined) {
    const detail = `A classifier runs on embeddings, not on ${card.id}. Leave \`model\` out.`;
    throw ParlanceError.field('/options/classifier', detail, 'unsupported');
  }
  if (own && !inferring && labels !== undefined) {
    const detail = `${card.id} has labels of its own: ${card.labels?.join(', ')}. Leave \`labels\` out.`;
    throw ParlanceError.field('/options/labels', detail, 'unsupported');
  }
  if (!own && classifier === undefined && labels === undefined)
    throw ParlanceError.field('/options', 'Give either a classifier or labels.');
  const option = (['hypothesis', 'multiple'] as const).find((name) => options[name]);
  if (option && !inferring) {
    const detail = `\`${option}\` is for models of natural language inference. Leave it out.`;
    throw ParlanceError.field(`/options/${option}`, detail, 'unsupported');
  }
}

/** By a model that has labels of its own, or judges whether labels follow from a text. */
async function byModel(
  texts: string[],
  options: ClassificationsOptions,
  call: ModelCall,
): Promise<ClassificationsResult[]> {
  const { labels, threshold = 0 } = options;
  if (labels === undefined) {
    const outputs = await call.infer<Float32Array>(texts);
    return outputs.map(({ value }) => resultOf(call.card.labels ?? [], [...value], threshold));
  }
  const names = labels.map(nameOf);
  const meanings = labels.map((label) => (typeof label === 'string' ? label : label.description));
  const found = await byInference(texts, meanings, options, call);
  return found.map((probabilities) => resultOf(names, probabilities, threshold));
}

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
  const names = labels.map(nameOf);
  return texts.map((_, at) => resultOf(names, zeroShot(vectors[at] as Float32Array, prototypes), threshold));
}

const nameOf = (label: string | DescribedLabel) => (typeof label === 'string' ? label : label.name);

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
