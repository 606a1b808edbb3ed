import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenAiChunk, OpenAiCompletion } from '#contracts';
import { startServer, type TestServer } from '../http/server.ts';

/** The model there knows a few conversations by heart: `make.py` beside it has them. */
const folder = join(import.meta.dirname, '../fixtures/chat-models');
const model = 'tiny-chat';
const context = 128;
const face = 'Hi 👋🏽 from the 👨‍👩‍👧‍👦 of the cafe\u0301 — 您好!';

let server: TestServer;
let openai: OpenAI;
beforeAll(async () => {
  server = await startServer({
    ...{ PARLANCE_ENGINE: 'onnx', PARLANCE_MODELS_DIR: folder, PARLANCE_DEMO: 'off' },
  });
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => server?.stop());

type Asked = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> & Record<string, unknown>;
const bodyOf = (question: string, asked: Asked) => ({
  ...{ model, messages: [{ role: 'user' as const, content: question }] },
  ...asked,
});
const ask = async (question: string, asked: Asked = {}) =>
  (await openai.chat.completions.create(bodyOf(question, asked))) as OpenAiCompletion;

async function stream(question: string, asked: Asked = {}): Promise<OpenAiChunk[]> {
  const chunks: unknown[] = [];
  const body = { ...bodyOf(question, asked), stream: true as const };
  for await (const chunk of await openai.chat.completions.create(body)) chunks.push(chunk);
  return chunks as OpenAiChunk[];
}
const textsOf = ({ choices }: OpenAiCompletion) => choices.map(({ message }) => message.content);

describe('a model that can be talked to', () => {
  test('is listed beside the others', async () => {
    const ids: string[] = [];
    for await (const { id } of openai.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining([model, 'parlance/auto', 'all-MiniLM-L6-v2']));
    expect(await openai.models.retrieve(model)).toMatchObject({ id: model, object: 'model' });
  });

  test('answers in its own words, and counts its tokens', async () => {
    const answer = await ask('Where is my order?');
    expect(answer).toMatchObject({ object: 'chat.completion', model, parlance: null });
    expect(textsOf(answer)).toEqual(['It left the warehouse this morning. It comes tomorrow.']);
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
    const short = await ask('Where is my order?', { max_completion_tokens: 4 });
    expect(short.usage).toMatchObject({ prompt_tokens, completion_tokens: 4 });
    expect(short.choices[0]?.finish_reason).toBe('length');
  });

  test('is streamed in whole characters, then why it ends and what it cost', async () => {
    const chunks = await stream('Greet me with a face', { stream_options: { include_usage: true } });
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
    const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta.content || []);
    expect(pieces.join('')).toBe(face);
    expect(pieces.length).toBeGreaterThan(10);
    const ends = new Set(
      [...new Intl.Segmenter().segment(face)].map(({ index }) => index).concat(face.length),
    );
    let end = 0;
    for (const piece of pieces) {
      end += piece.length;
      expect(ends).toContain(end);
    }
    expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: (await ask('Greet me with a face')).usage });
  });

  test('ends before a stop text, at once and streamed', async () => {
    const asked = { stop: ['seven e', 'ree f'] };
    expect((await ask('Count', asked)).choices[0]).toMatchObject({
      ...{ message: { content: 'one two th' }, finish_reason: 'stop' },
    });
    const chunks = await stream('Count', asked);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('one two th');
  });

  test('gives several answers, each told by its index; the same ones for the same seed', async () => {
    const asked = { n: 3, temperature: 1.8, seed: 11, max_tokens: 12 };
    const first = await ask('Hello', asked);
    expect(first.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(textsOf(first)).size).toBe(3);
    expect(textsOf(await ask('Hello', asked))).toEqual(textsOf(first));
    expect(textsOf(await ask('Hello', { ...asked, seed: 12 }))).not.toEqual(textsOf(first));
    expect(first.usage.prompt_tokens).toBe((await ask('Hello')).usage.prompt_tokens);
    const streamed = ['', '', ''];
    const finished: unknown[] = [];
    for (const { choices } of await stream('Hello', asked)) {
      for (const { index, delta, finish_reason } of choices) {
        streamed[index] += delta.content ?? '';
        if (finish_reason) finished.push(index);
      }
    }
    expect(streamed).toEqual(textsOf(first));
    expect(finished).toEqual([0, 1, 2]);
  });

  test('heeds penalties and narrow choices', async () => {
    const [plain] = textsOf(await ask('Forever'));
    const [varied] = textsOf(await ask('Forever', { frequency_penalty: 2 }));
    expect(varied).not.toBe(plain);
    const [likeliest] = textsOf(await ask('Count', { temperature: 2, top_k: 1 }));
    expect(likeliest).toBe('one two three four five six seven eight nine ten');
    const [nucleus] = textsOf(await ask('Count', { temperature: 2, top_p: 0.01 }));
    expect(nucleus).toBe(likeliest);
  });

  test('takes the name of a control token for text', async () => {
    expect(textsOf(await ask('What is <|im_end|>?'))).toEqual(['A mark.']);
  });

  test('works with the client’s own helper', async () => {
    const helper = openai.chat.completions.stream(bodyOf('Hello', {}) as never);
    expect(await helper.finalContent()).toBe('Good morning! How can I help?');
  });
});

describe('what cannot be', () => {
  test.each<[string, string, Asked, number, string, string]>([
    ['messages that are longer than the model reads', 'Hello '.repeat(200), {}, 413, 'messages', 'too_large'],
    ['messages that its template refuses', 'no template for this', {}, 400, 'messages', 'invalid_input'],
    ['too many answers', 'Hello', { n: 9 }, 400, 'n', 'unsupported_parameter'],
    ['favoured tokens', 'Hello', { logit_bias: { 5: 1 } }, 400, 'logit_bias', 'unsupported_parameter'],
    ['a penalty out of bounds', 'Hello', { frequency_penalty: 3 }, 400, 'frequency_penalty', 'invalid_input'],
  ])('%s: refused by name, streamed or not', async (_, question, asked, status, param, code) => {
    for (const call of [ask, stream]) {
      const error = await call(question, asked).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OpenAI.APIError);
      expect(error).toMatchObject({ status, param, code });
    }
  });

  test('an answer longer than there is room for ends where the room does', async () => {
    const { choices, usage } = await ask('Forever', { frequency_penalty: -2, max_tokens: 5000 });
    expect(choices[0]?.finish_reason).toBe('length');
    expect(usage.total_tokens).toBe(context);
  });
});
