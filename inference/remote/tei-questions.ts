import { type ModelCard, type ModelTask, teiPrediction, teiRanking, teiVectors } from '#contracts';
import type { KernelInput } from '../kernel.ts';
import { textOf } from './halves.ts';
import { malformed, readJsonReply } from './read.ts';
import type { RemoteReply } from './transport.ts';

/** What a task asks of a server of text-embeddings-inference, and how the answer is read. */
interface Question {
  path: string;
  /** Inputs of one request must have the same: it says for all of them what the route is asked for. */
  shared(input: KernelInput): string;
  body(inputs: readonly KernelInput[], truncate: boolean): object;
  /** A value for each input: numbers in the order of the card, or one score. */
  read(card: ModelCard, reply: RemoteReply): (Float32Array | number)[];
}

const embed = (card: ModelCard): Question => ({
  path: '/embed',
  shared: () => '',
  body: (inputs, truncate) => ({
    ...{ inputs: inputs.map(textOf), truncate, normalize: card.normalize !== false },
  }),
  read: ({ id }, reply) => readJsonReply(id, reply, teiVectors).map((vector) => Float32Array.from(vector)),
});

/** A text to be classified as it is, or with another; its probabilities, or what they are made of. */
interface Classified {
  pair?: string;
  raw?: boolean;
}
const classified = (input: KernelInput): Classified =>
  typeof input === 'string' ? {} : (input as Classified);

const predict = (): Question => ({
  path: '/predict',
  shared: (input) => String(classified(input).raw ?? false),
  body: (inputs, truncate) => ({
    // A list of strings would be one pair.
    inputs: inputs.map((input) =>
      [textOf(input), classified(input).pair].filter((text) => text !== undefined),
    ),
    ...{ truncate, raw_scores: inputs.some((input) => classified(input).raw) },
  }),
  read: (card, reply) =>
    readJsonReply(card.id, reply, teiPrediction).map((classes) => inOrder(card, [classes].flat())),
});

const queryOf = (input: KernelInput): string => (input as { query?: string }).query ?? textOf(input);

const rerank = (): Question => ({
  path: '/rerank',
  shared: queryOf,
  body: (inputs, truncate) => ({
    ...{ query: queryOf(inputs[0] ?? ''), texts: inputs.map(textOf), truncate, raw_scores: true },
  }),
  read: ({ id }, reply) =>
    readJsonReply(id, reply, teiRanking)
      .toSorted((a, b) => a.index - b.index)
      .map(({ score }) => score),
});

/** By task. */
export const questions: Partial<Record<ModelTask, (card: ModelCard) => Question>> = {
  embeddings: embed,
  sentiment: predict,
  classifications: predict,
  rerank,
};

/** What a server says of each label in the order of the card. */
function inOrder({ id, labels = [] }: ModelCard, classes: { label: string; score: number }[]): Float32Array {
  const scores = labels.map((label) => {
    const found = classes.find((each) => each.label.toLowerCase() === label.toLowerCase());
    if (!found) throw malformed(id, `has no label ${label}`);
    return found.score;
  });
  return Float32Array.from(scores);
}
