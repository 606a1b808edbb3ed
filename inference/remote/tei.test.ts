import { describe, expect, test } from 'vitest';
import { type ModelCard, ParlanceError } from '#contracts';
import { answersFrom, json } from '../../test/fixtures/remote-reply.ts';
import type { KernelInput, KernelOutput } from '../kernel.ts';
import { Endpoint } from './endpoint.ts';
import { tei } from './tei.ts';
import type { RemoteReply } from './transport.ts';

const patient = new AbortController().signal;
const card = {
  id: 'm',
  task: 'embeddings',
  maxTokens: 8,
  dimensions: 2,
  endpoint: { url: 'http://s' },
} as ModelCard;
const moods = ['negative', 'neutral', 'positive'];
const classifier = { ...card, task: 'sentiment', dimensions: undefined, labels: moods } as ModelCard;
const about = {
  model_id: 'org/model',
  served_model_name: 'served',
  max_client_batch_size: 4,
};

interface Asked {
  path: string;
  inputs: string[];
  texts?: string[];
  truncate: boolean;
  normalize?: boolean;
}

/** What a text of so many words is as a vector, to a server that reads eight. */
const vectorOf = (text: string) => [text.length, text.split(' ').length];

function open({
  of = card,
  info = about,
  answer,
}: {
  of?: ModelCard;
  info?: object;
  answer?: (asked: Asked) => RemoteReply;
} = {}) {
  const asked: Asked[] = [];
  const endpoint = new Endpoint('m', async ({ path, body }) => {
    if (path === '/info') return json(200, info);
    const sent = { path, ...JSON.parse(body as string) } as Asked;
    asked.push(sent);
    if (answer) return answer(sent);
    const tooLong = sent.inputs.some((text) => text.split(' ').length > 8);
    if (tooLong && !sent.truncate) return json(422, { error: 'must have less than 8 tokens' });
    return json(200, sent.inputs.map(vectorOf), { 'x-compute-tokens': String(sent.inputs.length * 3) });
  });
  const server = tei({ card: of, endpoint, folder: '', kernels: {} });
  return {
    asked,
    check: () => server.check(patient),
    answer: (inputs: KernelInput[]) => answersFrom(server, inputs),
  };
}

const long = 'w '.repeat(9).trim();

describe('embeddings', () => {
  test('in their order, in as many requests as the server needs, with its count of tokens', async () => {
    const { answer, asked } = open();
    const texts = Array.from({ length: 9 }, (_, at) => 'a'.repeat(at + 1));
    const answered = (await answer(texts)) as KernelOutput[];
    expect(answered.map(({ value }) => value)).toEqual(
      texts.map((text) => Float32Array.from(vectorOf(text))),
    );
    expect(asked.map(({ inputs }) => inputs.length)).toEqual([4, 4, 1]);
    expect(asked[0]).toMatchObject({ path: '/embed', truncate: false, normalize: true });
    expect(answered.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(27);
  });

  test('only a text that is too long is cut, and it alone is said to be', async () => {
    const answered = (await open().answer(['a', 'b', long, 'c'])) as KernelOutput[];
    expect(answered.map(({ truncated }) => truncated)).toEqual([false, false, true, false]);
    expect(answered.map(({ value }) => (value as Float32Array)[0])).toEqual([1, 1, 17, 1]);
  });

  test('a text that is refused either way costs nobody else the answer', async () => {
    const refuse = ({ inputs }: Asked) =>
      inputs.includes('bad') ? json(422, { error: 'no' }) : json(200, inputs.map(vectorOf));
    const answered = await open({ answer: refuse }).answer(['a', 'bad', 'c']);
    expect(answered[1]).toBeInstanceOf(ParlanceError);
    expect(answered[1]).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('refuses this text'),
    });
    expect([answered[0], answered[2]]).toMatchObject([{ truncated: false }, { truncated: false }]);
  });

  test('tokens that the server does not count are estimated', async () => {
    const [output] = await open({ answer: () => json(200, [[1, 2]]) }).answer(['four characters a token']);
    expect(output).toMatchObject({ tokens: 8 });
  });
});

test('classes come in the order of the card, in whatever order the server has them', async () => {
  const answer = ({ inputs }: Asked) => {
    expect(inputs).toEqual([['a'], ['b']]);
    const classes = [
      { score: 0.7, label: 'POSITIVE' },
      { score: 0.2, label: 'negative' },
      { score: 0.1, label: 'neutral' },
    ];
    return json(200, [classes, classes]);
  };
  const answered = await open({ of: classifier, answer }).answer(['a', 'b']);
  const probabilities = Float32Array.of(0.2, 0.1, 0.7);
  expect(answered).toMatchObject([{ value: probabilities }, { value: probabilities }]);
});

describe('a ranking', () => {
  const ranker = { ...card, task: 'rerank', dimensions: undefined } as ModelCard;
  const best = (texts: string[]) =>
    json(
      200,
      texts.map((text, index) => ({ index, score: text.length })).sort((a, b) => b.score - a.score),
    );

  test('has a score for each text in its order; each query is a request of its own', async () => {
    const { answer, asked } = open({ of: ranker, answer: ({ texts = [] }) => best(texts) });
    const pairs = [
      { query: 'q', text: 'a' },
      { query: 'r', text: 'bb' },
      { query: 'q', text: 'ccc' },
    ];
    expect((await answer(pairs)).map((output) => (output as KernelOutput).value)).toEqual([1, 2, 3]);
    const shared = { path: '/rerank', raw_scores: true, truncate: false };
    expect(asked).toEqual([
      { ...shared, query: 'q', texts: ['a', 'ccc'] },
      { ...shared, query: 'r', texts: ['bb'] },
    ]);
  });
});

test('a text is classified with another, and by what probabilities are made of, where a task asks for it', async () => {
  const logits = moods.map((label, at) => ({ label, score: at - 1 }));
  const { answer, asked } = open({
    of: classifier,
    answer: ({ inputs }) =>
      json(
        200,
        inputs.map(() => logits),
      ),
  });
  const judged = { text: 'a', pair: 'b', raw: true };
  const answered = await answer(['c', judged]);
  expect(answered).toMatchObject([
    { value: Float32Array.of(-1, 0, 1) },
    { value: Float32Array.of(-1, 0, 1) },
  ]);
  expect(asked).toMatchObject([
    { inputs: [['c']], raw_scores: false },
    { inputs: [['a', 'b']], raw_scores: true },
  ]);
});

describe('a check', () => {
  test.each<[string, Partial<ModelCard>, object]>([
    ['of whatever is there', {}, about],
    ['of a model by its id', { endpoint: { url: 'http://s', model: 'org/model' } }, about],
    ['of a model by the name it is served as', { endpoint: { url: 'http://s', model: 'served' } }, about],
  ])('%s passes', async (_, more, info) => {
    await expect(open({ of: { ...card, ...more }, info }).check()).resolves.toBeUndefined();
  });

  test.each<[string, Partial<ModelCard>, object, string]>([
    ['another model', { endpoint: { url: 'http://s', model: 'mine' } }, about, 'instead of mine'],
  ])('of %s does not', async (_, more, info, message) => {
    const check = open({ of: { ...card, ...more }, info }).check();
    await expect(check).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining(message),
    });
  });

  test('of something else does not', async () => {
    await expect(open({ info: { hello: 'world' } }).check()).rejects.toThrow(
      'is not of the form it should have',
    );
  });
});

test.each<[string, ModelCard, RemoteReply, string]>([
  ['no JSON', card, { ...json(200), body: Buffer.from('<html>') }, 'is no JSON'],
  ['another form', card, json(200, { vectors: [] }), 'is not of the form'],
  ['too few rows', card, json(200, []), 'has 0 rows for 1 texts'],
  ['another label', classifier, json(200, [[{ label: 'LABEL_0', score: 1 }]]), 'has no label negative'],
])('an answer with %s is none', async (_, of, reply, message) => {
  const answered = open({ of, answer: () => reply }).answer(['a']);
  await expect(answered).rejects.toMatchObject({
    code: 'provider_failed',
    message: expect.stringContaining(message),
  });
});

test('a task that such a server cannot do is named at once', () => {
  expect(() => open({ of: { ...card, task: 'summaries' } })).toThrow('is not asked for summaries');
});
