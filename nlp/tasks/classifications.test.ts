import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadedModel, ModelCall } from '#inference';
import { answersOf, openFixture } from '../../test/fixtures/architectures/open.ts';
import type { Head } from '../classic/head.ts';
import { type Heads, noHeads } from '../classic/heads.ts';
import { sequenceClassification } from '../kernels/sequence-classification.ts';
import { classifications } from './classifications.ts';
import { rerank } from './rerank.ts';

const topics = ['parcel', 'money', 'door'];

/** Meaning is which of three words a text has, and a little of something else. */
const call = {
  card: { id: 'embedder', revision: '1' },
  tenant: 'a',
  async infer(texts: string[]) {
    return texts.map((text) => {
      const vector = Float32Array.from([...topics.map((topic) => Number(text.includes(topic))), 0.2]);
      const length = Math.hypot(...vector);
      return { value: vector.map((each) => each / length), tokens: 3, truncated: false };
    });
  },
} as unknown as ModelCall;

const head: Head = {
  labels: ['delivery', 'refund'],
  dimensions: 4,
  features: { buckets: 0, weight: 0 },
  model: {
    features: 4,
    classes: 2,
    weights: Float32Array.of(4, 0, 0, 4, 0, 0, 0, 0),
    bias: new Float32Array(2),
  },
  temperature: 1,
  threshold: 0.8,
};
const headsOf = (revision: string): Heads => ({
  find: async (tenant, reference) => {
    expect([tenant, reference]).toEqual(['a', 'mine']);
    return { name: 'mine', version: 3, model: { id: 'embedder', revision }, head };
  },
});
const task = classifications(headsOf('1'));

test('labels without training are told apart by name, by description and by examples', async () => {
  const labels = [
    'parcel_lost',
    { name: 'refund', description: 'getting money back' },
    { name: 'other', description: 'nothing of these', examples: ['the door is open'] },
  ];
  const results = await task.run(['my parcel', 'my money', 'my door'], { labels }, call);
  expect(results.map(({ label }) => label)).toEqual(['parcel_lost', 'refund', 'other']);
  for (const { probabilities, outOfScope } of results) {
    const sum = Object.values(probabilities).reduce((all, each) => all + each, 0);
    expect(sum).toBeCloseTo(1, 3);
    expect(outOfScope).toBe(false);
  }
});

test('a trained head answers with its own threshold, or the caller’s', async () => {
  const ask = async (threshold?: number) =>
    await task.run(['my parcel', 'my door'], { classifier: 'mine', threshold }, call);
  expect(await ask()).toEqual([
    { label: 'delivery', probabilities: expect.anything(), outOfScope: false, classifier: 'mine@3' },
    {
      label: 'delivery',
      probabilities: { delivery: 0.5, refund: 0.5 },
      outOfScope: true,
      classifier: 'mine@3',
    },
  ]);
  expect((await ask(0.99)).map(({ outOfScope }) => outOfScope)).toEqual([true, true]);
});

test('a head over the embeddings of another model is refused', async () => {
  const other = classifications(headsOf('2'));
  await expect(other.run(['my parcel'], { classifier: 'mine' }, call)).rejects.toMatchObject({
    code: 'conflict',
    details: { errors: [{ pointer: '/model' }] },
  });
});

test('rerank gives the cosine with the query, in the order of the texts', async () => {
  const results = await rerank.run(['a door', 'a parcel', 'this parcel'], { query: 'which parcel' }, call);
  expect(results[1]).toEqual({ score: 1 });
  expect(results[2]).toEqual({ score: 1 });
  expect(results[0]?.score).toBeCloseTo(0.04 / 1.04, 3);
});

describe('by a model that judges what follows from a text', () => {
  const labels = ['travel', 'money', 'late parcels'];
  let model: LoadedModel;
  beforeAll(async () => {
    model = await openFixture('tiny-nli', {
      ...{ task: 'classifications', kernel: 'sequence-classification' },
      labels: ['contradiction', 'entailment', 'neutral'],
    });
  });
  const inferring = () =>
    ({
      card: model.card,
      infer: async (inputs: string[]) => {
        const values = await answersOf(sequenceClassification, model, inputs);
        return values.map((value) => ({ value, tokens: 1, truncated: false }));
      },
    }) as unknown as ModelCall;

  test('labels are as likely as the pipeline of transformers finds', async () => {
    const file = join(import.meta.dirname, '../../test/fixtures/architectures/reference/follows.json');
    for (const { text, one, several } of JSON.parse(await readFile(file, 'utf8'))) {
      const run = async (options: object) =>
        (await classifications(noHeads).run([text], { labels, ...options }, inferring()))[0]?.probabilities;
      const near = (expected: Record<string, number>) =>
        Object.fromEntries(
          Object.entries(expected).map(([label, score]) => [label, expect.closeTo(score, 3)]),
        );
      expect(await run({})).toEqual(near(one));
      expect(await run({ multiple: true, hypothesis: 'It is about {}.' })).toEqual(near(several));
    }
  });

  test('options are for the models that they mean something to', async () => {
    const run = (options: object, used: ModelCall) => classifications(noHeads).run(['a'], options, used);
    const labelled = { card: { task: 'classifications', labels: ['joy', 'anger'] } } as unknown as ModelCall;
    const embedding = { card: { id: 'e', task: 'embeddings' } } as unknown as ModelCall;
    for (const [options, used, pointer] of [
      [{}, embedding, '/options'],
      [{ labels }, labelled, '/options/labels'],
      [{ classifier: 'mine' }, labelled, '/options/classifier'],
      [{ labels, multiple: true }, embedding, '/options/multiple'],
    ] as const)
      await expect(run(options, used)).rejects.toMatchObject({ details: { errors: [{ pointer }] } });
  });

  test('labels of a model’s own need no options', async () => {
    const labelled = {
      card: { task: 'classifications', labels: ['joy', 'anger'] },
      infer: async () => [{ value: Float32Array.of(0.25, 0.75), tokens: 1, truncated: false }],
    } as unknown as ModelCall;
    const [result] = await classifications(noHeads).run(['a'], { threshold: 0.8 }, labelled);
    expect(result).toEqual({ label: 'anger', probabilities: { joy: 0.25, anger: 0.75 }, outOfScope: true });
  });
});
