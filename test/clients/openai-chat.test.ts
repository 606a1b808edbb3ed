import { randomUUID } from 'node:crypto';
import OpenAI, { BadRequestError, NotFoundError, PermissionDeniedError } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenAiChunk, OpenAiCompletion } from '#contracts';
import { fakeTools } from '#nlp';
import { passages } from '../fixtures/passages.ts';
import { gate, newCustomer, say, textOf as spokenIn } from '../http/conversations.ts';
import { startServer, type TestServer } from '../http/server.ts';
import { newKey } from './keys.ts';

const model = 'parlance/auto';
const question = 'when is the late fee charged';
const whole = 'The late fee is €6. It is charged ten days after the due date.';

const held = gate();
/** How many pieces were asked for, and whether the next one fails. */
let pieces = 0;
let failing = false;
let server: TestServer;
let openai: OpenAI;
beforeAll(async () => {
  const pace = async () => {
    pieces++;
    await held.pace();
    if (failing) throw new Error('the disk is on fire');
  };
  server = await startServer({ PARLANCE_AUTH: 'keys' }, undefined, { pace, tools: fakeTools(passages) });
  openai = clientOf(await newKey(server));
});
afterAll(() => server?.stop());
beforeEach(() => {
  held.open();
  failing = false;
  pieces = 0;
});

const clientOf = (apiKey: string) => new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });
type Asked = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;
const messagesOf = (...texts: string[]): OpenAI.ChatCompletionMessageParam[] =>
  texts.map((content, at) => ({ role: at % 2 ? 'assistant' : 'user', content }));

async function ask(asked: Asked = {}): Promise<OpenAiCompletion> {
  const body = { model, messages: messagesOf(question), ...asked };
  return (await openai.chat.completions.create(body)) as OpenAiCompletion;
}

async function stream(asked: Asked = {}): Promise<OpenAiChunk[]> {
  const body = { model, messages: messagesOf(question), ...asked, stream: true as const };
  const chunks: unknown[] = [];
  for await (const chunk of await openai.chat.completions.create(body)) chunks.push(chunk);
  return chunks as OpenAiChunk[];
}

const textOf = (chunks: OpenAiChunk[]) =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');

describe('an answer at once', () => {
  test('quotes what was found and says where it stands', async () => {
    const answer = await ask({
      messages: [{ role: 'system', content: 'Say moo.' }, ...messagesOf(question)],
    });
    expect(answer).toMatchObject({ object: 'chat.completion', model });
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(Math.abs(answer.created - Date.now() / 1000)).toBeLessThan(60);
    const [choice] = answer.choices;
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } });
    expect(choice?.message.content).toBe(whole);
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
    expect(completion_tokens).toBeGreaterThan(5);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
    expect(answer.parlance).toMatchObject({ outcome: 'answered', choices: [], handoff: null });
    expect(answer.parlance?.citations).not.toEqual([]);
    for (const { quote, start, end } of answer.parlance?.citations ?? [])
      expect(whole.slice(start, end)).toBe(quote);
  });

  test('takes a text in parts, and is nobody’s but the caller’s', async () => {
    const content = [{ type: 'text' as const, text: question }];
    expect((await ask({ messages: [{ role: 'user', content }] })).choices[0]?.message.content).toBe(whole);
    const listed = await fetch(`${server.url}/api/v1/conversations`, { headers: bearer() });
    const { conversations } = (await listed.json()) as { conversations: unknown[] };
    expect(conversations).toEqual([]);
  });

  test('goes on from what was said before', async () => {
    const alone = await ask({ messages: messagesOf('and is it a lot?') });
    expect(alone.parlance?.outcome).toBe('refused');
    const on = await ask({ messages: messagesOf(question, whole, 'and is it a lot?') });
    expect(on.parlance).toMatchObject({ outcome: 'answered' });
    expect(on.parlance?.citations.map(({ sourceId }) => sourceId)).toContain('src_psg_fee');
  });

  test('is in a conversation what the chat says in one that is kept', async () => {
    const asked = [question, 'and is it a lot?', 'restart the Hub', 'and how long is that?', 'thanks'];
    const id = randomUUID();
    const customer = await newCustomer(server, bearer());
    const said: string[] = [];
    for (const message of asked) {
      const kept = spokenIn(await say(server, customer, id, message));
      const { choices } = await ask({ messages: messagesOf(...said, message) });
      expect([message, choices[0]?.message.content]).toEqual([message, kept]);
      said.push(message, kept);
    }
    expect(new Set(said).size).toBeGreaterThan(asked.length + 2);
  });

  test('says when there is nothing, and that a person is needed', async () => {
    const { choices, parlance } = await ask({ messages: messagesOf('what is the capital of Mongolia') });
    expect(choices[0]?.message.content).toMatch(/^I found nothing/);
    expect(parlance).toMatchObject({ outcome: 'refused', citations: [], handoff: { state: 'offered' } });
  });

  test('ends before a stop text, and where it is long enough, with the citations of what was said', async () => {
    const stopped = await ask({ stop: [' charged', 'never'] });
    expect(stopped.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'The late fee is €6. It is' },
    });
    expect(stopped.parlance?.citations.map(({ quote }) => quote)).toEqual(['The late fee is €6.']);
    for (const limit of [{ max_tokens: 3 }, { max_completion_tokens: 3, max_tokens: 400 }]) {
      const short = await ask(limit);
      expect(short.choices[0]?.finish_reason).toBe('length');
      expect(short.usage.completion_tokens).toBe(3);
      expect(whole.startsWith(short.choices[0]?.message.content ?? '-')).toBe(true);
      expect(short.parlance).toMatchObject({ outcome: 'answered', citations: [] });
    }
  });
});

describe('a streamed answer', () => {
  test('has the role first, then the same words, then why it ends', async () => {
    const chunks = await stream();
    expect(chunks[0]?.choices[0]).toMatchObject({
      delta: { role: 'assistant', content: '' },
      finish_reason: null,
    });
    expect(textOf(chunks)).toBe(whole);
    expect(chunks.length).toBeGreaterThan(3);
    expect(new Set(chunks.map(({ id, created }) => `${id} ${created}`)).size).toBe(1);
    expect(chunks.every(({ object }) => object === 'chat.completion.chunk')).toBe(true);
    const last = chunks.at(-1);
    expect(last?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(last?.parlance?.citations).toEqual((await ask()).parlance?.citations);
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  test('ends with the usage when it is asked for, the same as at once', async () => {
    const chunks = await stream({ stream_options: { include_usage: true }, max_tokens: 4 } as Asked);
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: (await ask({ max_tokens: 4 })).usage });
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('length');
  });

  test('is server-sent events, done at its end', async () => {
    const body = { model, messages: messagesOf(question), stream: true };
    const response = await server.post('/v1/chat/completions', body, bearer());
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    expect(await response.text()).toMatch(/\n\ndata: \[DONE\]\n\n$/);
  });

  test('works with the client’s own helper', async () => {
    const helper = openai.chat.completions.stream({ model, messages: messagesOf(question) });
    expect(await helper.finalContent()).toBe(whole);
  });

  test('that breaks off raises the error in the client, and is not called done', async () => {
    failing = true;
    const error = await stream().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ type: 'server_error', code: 'internal' });
    expect(error.message).not.toContain('fire');
    const body = { model, messages: messagesOf(question), stream: true };
    expect(await (await server.post('/v1/chat/completions', body, bearer())).text()).not.toContain('[DONE]');
  });

  test('is not written on for a client that left', async () => {
    held.close();
    const leaving = new AbortController();
    const body = { model, messages: messagesOf(question), stream: true as const };
    const chunks = await openai.chat.completions.create(body, { signal: leaving.signal });
    for await (const { choices } of chunks) if (choices[0]?.delta.content) break;
    leaving.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = pieces;
    held.open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pieces).toBeLessThanOrEqual(before + 1);
    await ask();
    expect(pieces).toBeGreaterThan(before + 2);
  });
});

describe('what cannot be', () => {
  const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,' } };
  test.each<[string, Asked, string | null, string]>([
    ['no message', { messages: [] }, 'messages', 'invalid_input'],
    ['a blank message', { messages: messagesOf(' ') }, 'messages[0].content', 'invalid_input'],
    ['U+0000', { messages: messagesOf('a\0') }, 'messages[0].content', 'invalid_input'],
    [
      'an answer as the last message',
      { messages: messagesOf('a', 'b') },
      'messages[1].role',
      'invalid_input',
    ],
    [
      'a picture',
      { messages: [{ role: 'user', content: [image] }] },
      'messages[0].content[0]',
      'unsupported_parameter',
    ],
    [
      'the answer of a tool',
      { messages: [{ role: 'tool', tool_call_id: 'x', content: 'a' }, ...messagesOf('a')] },
      'messages[0].role',
      'unsupported_parameter',
    ],
    ['more than one answer', { n: 2 }, 'n', 'unsupported_parameter'],
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools', 'unsupported_parameter'],
    ['JSON', { response_format: { type: 'json_object' } }, 'response_format', 'unsupported_parameter'],
    ['token probabilities', { logprobs: true }, 'logprobs', 'unsupported_parameter'],
    ['sound', { modalities: ['text', 'audio'] }, 'modalities', 'unsupported_parameter'],
    ['no tokens', { max_tokens: 0 }, 'max_tokens', 'invalid_input'],
    ['five stop texts', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop', 'invalid_input'],
  ])('%s is refused by name, streamed or not', async (_, asked, param, code) => {
    for (const call of [ask, stream]) {
      const error = await call(asked).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(BadRequestError);
      expect(error).toMatchObject({ param, code, type: 'invalid_request_error' });
    }
  });

  test('what makes no difference is let be', async () => {
    const more = {
      n: 1,
      tools: [],
      temperature: 0.7,
      seed: 1,
      user: 'u',
      response_format: { type: 'text' as const },
    };
    expect((await ask(more)).choices[0]?.message.content).toBe(whole);
  });

  test('a message that is too long, another model, and a key without the scope', async () => {
    const long = await ask({ messages: messagesOf('x'.repeat(8001)) }).catch((thrown) => thrown);
    expect(long).toMatchObject({ status: 413, code: 'too_large', param: 'messages[0].content' });
    const other = await ask({ model: 'gpt-5' }).catch((thrown) => thrown);
    expect(other).toBeInstanceOf(NotFoundError);
    expect(other).toMatchObject({ code: 'model_not_found', param: 'model' });
    const client = clientOf(await newKey(server, ['inference']));
    const forbidden = await client.chat.completions
      .create({ model, messages: messagesOf(question) })
      .catch((thrown) => thrown);
    expect(forbidden).toBeInstanceOf(PermissionDeniedError);
  });
});

test('an answer that the server does not stay for is an error to the client, and not the end of it', async () => {
  held.close();
  const body = { model, messages: messagesOf(question), stream: true as const };
  const told: string[] = [];
  const read = async () => {
    for await (const { choices } of await openai.chat.completions.create(body))
      told.push(choices[0]?.delta.content ?? '');
  };
  const reading = read().catch((thrown) => thrown);
  await expect.poll(() => told.join(''), { interval: 5 }).not.toBe('');
  server.running.services.stopping.abort();
  held.open();
  expect(await reading).toMatchObject({
    code: 'model_unavailable',
    message: expect.stringContaining('stopping'),
  });
  expect(told.join('')).not.toBe(whole);
});

const bearer = () => ({ authorization: `Bearer ${openai.apiKey}` });
