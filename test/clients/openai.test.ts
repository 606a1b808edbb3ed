import OpenAI, {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '#contracts';
import { startServer, type TestServer } from '../http/server.ts';
import { newKey } from './keys.ts';

const model = 'all-MiniLM-L6-v2';
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
});
afterAll(() => server?.stop());

const clientOf = (apiKey: string) => new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });

const keyed = async (...of: [scopes?: Scope[], ratePerMinute?: number | null]) =>
  clientOf(await newKey(server, ...of));

describe('embeddings', () => {
  let openai: OpenAI;
  beforeAll(async () => {
    openai = await keyed();
  });

  test('are plain numbers to the caller, and base64 on the wire unless asked otherwise', async () => {
    const answer = await openai.embeddings.create({ model, input: ['hello', 'good morning'] });
    const plain = await openai.embeddings.create({
      model,
      input: ['hello', 'good morning'],
      encoding_format: 'float',
    });
    expect(answer).toMatchObject({ object: 'list', model });
    expect(answer.data.map(({ object, index }) => [object, index])).toEqual([
      ['embedding', 0],
      ['embedding', 1],
    ]);
    for (const [at, { embedding }] of answer.data.entries()) {
      expect(embedding).toHaveLength(384);
      for (const [place, value] of embedding.entries())
        expect(value).toBeCloseTo(plain.data[at]?.embedding[place] ?? 9, 6);
    }
    expect(answer.usage.prompt_tokens).toBeGreaterThan(4);
    expect(answer.usage.total_tokens).toBe(answer.usage.prompt_tokens);
  });

  test('of one text, in base64 when it is asked for, and of more texts than one native call takes', async () => {
    const one = await openai.embeddings.create({ model, input: 'hello', encoding_format: 'base64' });
    expect(Buffer.from(one.data[0]?.embedding as unknown as string, 'base64')).toHaveLength(384 * 4);
    const input = Array.from({ length: 1500 }, (_, at) => `text ${at}`);
    expect((await openai.embeddings.create({ model, input })).data).toHaveLength(1500);
  });

  test('of a text that is too long to be read whole say so', async () => {
    const answer = await openai.embeddings.create({ model, input: 'word '.repeat(400) });
    expect(answer).toMatchObject({ parlance: { truncated: true }, usage: { prompt_tokens: 256 } });
    expect(await openai.embeddings.create({ model, input: 'a', dimensions: 384 })).toMatchObject({
      parlance: { truncated: false },
    });
  });

  test.each([
    ['an empty text', { input: ['a', ''] }, 400, 'invalid_input', 'input[1]'],
    ['no text', { input: [] }, 400, 'invalid_input', 'input'],
    ['token ids', { input: [1, 2] }, 400, 'unsupported_parameter', 'input'],
    ['rows of token ids', { input: [[1, 2]] }, 400, 'unsupported_parameter', 'input'],
    ['fewer dimensions', { input: 'a', dimensions: 8 }, 400, 'unsupported_parameter', 'dimensions'],
    ['an unknown model', { input: 'a', model: 'none/such' }, 404, 'model_not_found', 'model'],
    ['a model of another kind', { input: 'a', model: 'sentiment' }, 400, 'invalid_input', 'model'],
    ['a text without end', { input: 'a'.repeat(100_001) }, 413, 'too_large', 'input'],
    ['a body without end', { input: 'a'.repeat(5_000_000) }, 413, 'too_large', null],
  ])('%s is an error that names its field', async (_, body, status, code, param) => {
    const error = await openai.embeddings.create({ model, ...body }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ status, code, param, type: 'invalid_request_error' });
    expect(error.requestID).toMatch(/^req_/);
    expect(error.message).toMatch(/^4\d\d \S.+\.$/);
  });

  test('without a good key, or its scope, are refused as the client expects', async () => {
    const call = (client: OpenAI) =>
      client.embeddings.create({ model, input: 'a' }).catch((thrown) => thrown);
    const unknown = await call(clientOf('plk_made_up'));
    expect(unknown).toBeInstanceOf(AuthenticationError);
    expect(unknown).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
    expect(await call(clientOf('sk-of-somebody-else'))).toBeInstanceOf(AuthenticationError);
    expect(await call(await keyed(['chat']))).toBeInstanceOf(PermissionDeniedError);
  });
});

describe('models', () => {
  test('are listed and read, by a key of either scope', async () => {
    for (const scope of ['inference', 'chat'] as const) {
      const openai = await keyed([scope]);
      const ids = [];
      for await (const each of openai.models.list()) ids.push(each.id);
      expect(ids).toContain(model);
      for (const id of ids) expect(await openai.models.retrieve(id)).toMatchObject({ id, object: 'model' });
    }
  });

  test('that are not there are not found', async () => {
    const openai = await keyed();
    for (const id of ['none', 'none/such', 'sentiment']) {
      const error = await openai.models.retrieve(id).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
    }
  });
});

test('a path that is not there answers in the same words', async () => {
  const error = await (await keyed()).completions.create({ model, prompt: 'a' }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ code: 'not_found', param: null });
});

test('what is no JSON at all is a bad request', async () => {
  const openai = await keyed();
  const error = await openai
    .post('/embeddings', { body: '{"input"', headers: { 'content-type': 'application/json' } })
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(BadRequestError);
});

test('a key with a rate is told when it is used up, and when to come back', async () => {
  const openai = await keyed(['inference'], 1);
  const { response } = await openai.models.list().withResponse();
  expect(response.headers.get('ratelimit-remaining')).toBe('0');
  const error = await openai.models.list().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ code: 'rate_limit_exceeded', type: 'rate_limit_error' });
  expect(Number(error.headers.get('retry-after'))).toBeGreaterThan(0);
});

describe('a busy server', () => {
  let busy: TestServer;
  beforeAll(async () => {
    busy = await startServer({ PARLANCE_QUEUE_TOKENS: '200' });
  });
  afterAll(() => busy?.stop());

  /** A call that fills the queue, once it does. */
  async function fill() {
    const texts = Array.from({ length: 250 }, (_, at) => `${at} ${'long '.repeat(60)}`);
    const large = busy.post('/v1/embeddings', { model, input: texts });
    await expect.poll(() => busy.running.services.inference.pool.full, { interval: 5 }).toBe(true);
    return { large };
  }

  test('is come back to after the time it gives, by the client itself; an open one takes any key', async () => {
    const statuses: number[] = [];
    const waits: (string | null)[] = [];
    const openai = new OpenAI({
      baseURL: `${busy.url}/v1`,
      apiKey: 'none-is-needed',
      async fetch(url, init) {
        const response = await fetch(url, init);
        statuses.push(response.status);
        waits.push(response.headers.get('retry-after'));
        return response;
      },
    });
    const { large } = await fill();
    const from = performance.now();
    expect((await openai.embeddings.create({ model, input: 'one more' })).data).toHaveLength(1);
    expect(statuses).toEqual([429, 200]);
    expect(performance.now() - from).toBeGreaterThanOrEqual(Number(waits[0]) * 1000);
    expect((await large).status).toBe(200);
  });

  test('refuses before it reads a body, whichever client asks', async () => {
    const { large } = await fill();
    for (const path of ['/v1/embeddings', '/v1/chat/completions', '/hf/models/any', '/tei/embed']) {
      const refused = await busy.post(path, 'no json', { 'x-request-id': 'mine' });
      expect([path, refused.status, refused.headers.get('x-request-id')]).toEqual([path, 429, 'mine']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(((await refused.json()) as { error: unknown }).error).toBeTruthy();
    }
    await large;
  });
});

test('a client that leaves takes its work out of the queue', async () => {
  const openai = await keyed();
  const leaving = new AbortController();
  const input = Array.from({ length: 1024 }, (_, at) => `${at} ${'long '.repeat(100)}`);
  const call = openai.embeddings.create({ model, input }, { signal: leaving.signal });
  const { pool } = server.running.services.inference;
  await expect.poll(() => pool.status.queuedInputs, { interval: 5 }).toBeGreaterThan(0);
  leaving.abort();
  await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await expect.poll(() => pool.status.queuedInputs, { interval: 5 }).toBe(0);
});
