import { describe, expect, test } from 'vitest';
import type { ModelCard } from '#contracts';
import { answersFrom, json } from '../../test/fixtures/remote-reply.ts';
import type { KernelOutput } from '../kernel.ts';
import { Endpoint } from './endpoint.ts';
import { openAi } from './openai.ts';
import type { RemoteReply } from './transport.ts';

const patient = new AbortController().signal;
const card = {
  ...{ id: 'm', task: 'embeddings', maxTokens: 4, dimensions: 2 },
  endpoint: { url: 'http://s/v1', model: 'text-embedding' },
} as ModelCard;

const base64 = (vector: number[]) => Buffer.from(Float32Array.from(vector).buffer).toString('base64');

interface Asked {
  model: string;
  input: string[];
  encoding_format: string;
}
type Answer = (asked: Asked) => RemoteReply;

/** A vector that says how long its text was, and is not of unit length. */
const answerOf = ({ input }: Asked, write: (vector: number[]) => unknown = base64, more = {}) =>
  json(200, {
    object: 'list',
    // Nobody promises that they come in order.
    data: input
      .map((text, index) => ({ index, embedding: write([3 * text.length, 4 * text.length]) }))
      .reverse(),
    usage: { prompt_tokens: 5 * input.length, total_tokens: 5 * input.length },
    ...more,
  });

function open(of: ModelCard = card, answer: Answer = answerOf) {
  const asked: Asked[] = [];
  const endpoint = new Endpoint('m', async ({ path, body }) => {
    if (path === '/models') return json(200, { data: [{ id: 'text-embedding' }, { id: 'small:latest' }] });
    expect(path).toBe('/embeddings');
    asked.push(JSON.parse(body as string) as Asked);
    return answer(asked.at(-1) as Asked);
  });
  const server = openAi({ card: of, endpoint, folder: '', kernels: {} });
  return {
    asked,
    check: () => server.check(patient),
    answer: (texts: string[]) => answersFrom(server, texts),
  };
}

const unit = Float32Array.of(0.6, 0.8);

describe('vectors', () => {
  test('are asked for in base64, and come in order, at unit length, with the tokens of the server', async () => {
    const { answer, asked } = open();
    const answered = (await answer(['a', 'bb', 'ccc'])) as KernelOutput[];
    expect(asked).toEqual([
      { model: 'text-embedding', input: ['a', 'bb', 'ccc'], encoding_format: 'base64' },
    ]);
    expect(answered).toMatchObject([{ value: unit }, { value: unit }, { value: unit }]);
    expect(answered.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(15);
  });

  test('may come as numbers, and keep their length where the card says so', async () => {
    const asNumbers: Answer = (asked) => answerOf(asked, (vector) => vector);
    const { answer } = open({ ...card, normalize: false }, asNumbers);
    expect(await answer(['a', 'bb'])).toMatchObject([
      { value: Float32Array.of(3, 4) },
      { value: Float32Array.of(6, 8) },
    ]);
  });

  test('of many texts take several requests', async () => {
    const { answer, asked } = open();
    await answer(Array.from({ length: 130 }, () => 'a'));
    expect(asked.map(({ input }) => input.length)).toEqual([64, 64, 2]);
  });
});

describe('a text that is too long', () => {
  const long = 'a'.repeat(40);

  test('is cut here where the server refuses it, and is said to be', async () => {
    const { answer, asked } = open(card, (sent) =>
      sent.input.some((text) => text.length > 12)
        ? json(400, { error: { code: 'context_length_exceeded' } })
        : answerOf(sent),
    );
    const answered = (await answer(['a', long, 'c'])) as KernelOutput[];
    expect(answered.map(({ truncated }) => truncated)).toEqual([false, true, false]);
    expect(asked.flatMap(({ input }) => input)).toContain('a'.repeat(12));
  });

  test('is not cut within a character', async () => {
    const { answer, asked } = open(card, (sent) =>
      sent.input.some((text) => text.length > 12) ? json(400, {}) : answerOf(sent),
    );
    await answer([`a${'👍'.repeat(20)}`]);
    expect(asked.at(-1)?.input).toEqual([`a${'👍'.repeat(5)}`]);
  });

  test('is found where a server of ours says that one of several was cut', async () => {
    const { answer } = open(card, (sent) =>
      answerOf(sent, base64, { parlance: { truncated: sent.input.some((text) => text.length > 12) } }),
    );
    const answered = (await answer(['a', long, 'c'])) as KernelOutput[];
    expect(answered.map(({ truncated }) => truncated)).toEqual([false, true, false]);
  });

  test('costs nobody else the answer when nothing helps', async () => {
    const { answer } = open(card, (sent) =>
      sent.input.some((text) => text.startsWith('bad')) ? json(400, {}) : answerOf(sent),
    );
    const answered = await answer(['a', 'bad', `bad${long}`]);
    expect(answered[0]).toMatchObject({ truncated: false });
    for (const each of answered.slice(1)) expect(each).toMatchObject({ code: 'invalid_input' });
  });
});

test('a check looks for the model in the list, as Ollama writes it, too', async () => {
  await expect(open().check()).resolves.toBeUndefined();
  const named = (model: string) => open({ ...card, endpoint: { url: 'http://s/v1', model } }).check();
  await expect(named('small')).resolves.toBeUndefined();
  await expect(named('other')).rejects.toMatchObject({
    code: 'model_unavailable',
    message: expect.stringContaining('does not list other'),
  });
});

test.each<[string, Answer, string]>([
  ['no JSON', () => ({ ...json(200), body: Buffer.from('<html>') }), 'is no JSON'],
  ['an error', () => json(200, { error: 'x' }), 'is not of the form'],
  ['too few vectors', () => json(200, { data: [] }), 'has 0 vectors for 1 texts'],
  ['a vector that breaks off', (asked) => answerOf(asked, () => 'AAAAAAA='), 'has a vector that breaks off'],
])('an answer with %s is none', async (_, answer, message) => {
  const answered = open(card, answer).answer(['a']);
  await expect(answered).rejects.toMatchObject({
    code: 'provider_failed',
    message: expect.stringContaining(message),
  });
});

test('only embeddings are asked for', () => {
  expect(() => open({ ...card, task: 'sentiment' })).toThrow('is not asked for sentiment');
});
