import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import {
  embeddingsResult,
  entitiesResult,
  redactionsResult,
  sentimentResult,
  summariesResult,
  taskListResponse,
  taskResponse,
  translationsResult,
} from '#contracts';
import { startServer, type TestServer } from './server.ts';

describe('task routes', () => {
  let server: TestServer;
  let client: ParlanceClient;
  beforeAll(async () => {
    server = await startServer();
    client = new ParlanceClient({ baseUrl: server.url });
  });
  afterAll(() => server.stop());

  test('one text gives one result in the envelope', async () => {
    const answer = await client.tasks.sentiment('The delivery was late.', { sentences: true, explain: true });
    taskResponse(sentimentResult.strict()).strict().parse(answer);
    expect(answer.model).toMatchObject({ id: 'sentiment', engine: 'fake' });
    expect(answer.usage.inputTokens).toBeGreaterThan(5);
    const { negative, neutral, positive } = answer.result.probabilities;
    expect(negative + neutral + positive).toBeCloseTo(1, 3);
    expect(answer.result.sentences).toHaveLength(1);
  });

  test('many texts give results in their order, each what it gets alone', async () => {
    const texts = Array.from({ length: 100 }, (_, at) => `text number ${at} ${'word '.repeat(at % 7)}`);
    const { results } = await client.tasks.sentiment(texts);
    taskListResponse(sentimentResult).parse({ ...(await client.tasks.sentiment(texts)), results });
    const alone = await client.tasks.sentiment(texts[37] ?? '');
    expect(results[37]).toEqual({ result: alone.result });
  });

  test('base64 embeddings are the same numbers as plain ones', async () => {
    const { result } = await client.tasks.embeddings('hello');
    const encoded = await client.tasks.embeddings('hello', { encoding: 'base64' });
    const { vector } = embeddingsResult.parse(encoded.result);
    const bytes = Buffer.from(vector as string, 'base64');
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    expect(floats).toHaveLength(384);
    const plain = result.vector as number[];
    for (const [at, value] of floats.entries()) expect(value).toBeCloseTo(plain[at] ?? 0, 6);
  });

  test('a translation keeps the layout and says what each sentence was', async () => {
    const text = 'Hello Anna.\n\n- Read https://example.com/help today.\n';
    const { result, model, usage } = await client.tasks.translations(text, { target: 'es' });
    expect(translationsResult.parse(result)).toMatchObject({ source: 'en', target: 'es' });
    expect(model.id).toBe('nmt-en-es');
    expect(usage.outputTokens).toBeGreaterThan(5);
    expect(result.text).toContain('\n\n- ');
    expect(result.text).toContain('https://example.com/help');
    for (const { source, start, end } of result.segments) expect(text.slice(start, end)).toBe(source);
  });

  test('a language is known by its tag in small letters and in capitals', async () => {
    for (const [target, source] of [
      ['ES', 'EN'],
      ['Es-mx', 'en-US'],
      ['EN', undefined],
    ] as const) {
      const { result } = await client.tasks.translations('Where is my parcel?', {
        target,
        ...(source && { source }),
      });
      expect(result).toMatchObject({ source: 'en', target: target === 'EN' ? 'en' : 'es' });
    }
  });

  test('a translation into or from a language that the model does not know is refused with what it knows', async () => {
    const refusal = async (options: Record<string, unknown>) => {
      const response = await server.post('/api/v1/translations', { input: 'Hello', options });
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await refusal({ target: 'fr' })).toMatchObject({
      ...{ code: 'unsupported', detail: expect.stringContaining('es, en') },
      errors: [{ pointer: '/options/target' }],
    });
    expect(await refusal({ target: 'es', source: 'de' })).toMatchObject({
      errors: [{ pointer: '/options/source' }],
    });
    expect(await refusal({})).toMatchObject({ status: 400, errors: [{ pointer: '/options/target' }] });
    const german = 'Guten Tag, wo ist mein Paket geblieben?';
    await expect(client.tasks.translations(german, { target: 'es' })).rejects.toThrow('from de into es');
    const { results } = await client.tasks.translations(['Hello there.', german], { target: 'es' });
    expect(results).toMatchObject([{ result: { source: 'en' } }, { error: { code: 'unsupported' } }]);
    const { result } = await client.tasks.translations('¿Dónde está mi paquete?', { target: 'es' });
    expect(result).toMatchObject({ text: '¿Dónde está mi paquete?', source: 'es', segments: [] });
  });

  test('sentence and span offsets point into the text as sent', async () => {
    const text = '  Great 👍 phone!  Battery is poor. ';
    const { result } = await client.tasks.sentiment(text, { sentences: true, explain: true });
    for (const piece of [...(result.sentences ?? []), ...(result.spans ?? [])]) {
      expect(text.slice(piece.start, piece.end)).toBe(piece.text);
    }
    expect(result.sentences?.map((each) => each.text)).toEqual(['Great 👍 phone!', 'Battery is poor.']);
  });

  test('a summary has sentences of the text as sent', async () => {
    const text =
      '# Routers\n- 👍 Restart it.\n- Then wait\nfor the light. Nothing else helps. Call us, then.';
    const answer = await client.tasks.summaries(text, { sentences: 2 });
    taskResponse(summariesResult.strict()).strict().parse(answer);
    expect(answer.model).toMatchObject({ id: 'all-MiniLM-L6-v2' });
    expect(answer.result.sentences).toHaveLength(2);
    for (const { start, end, text: said } of answer.result.sentences)
      expect(text.slice(start, end)).toBe(said);
  });

  test('a conversation has its facts; one without speakers an error of its own', async () => {
    const transcript =
      'Customer: I want a refund.\nAgent: I have refunded it.\nCustomer: Perfect, thank you.';
    const options = { kind: 'conversation' } as const;
    const { results } = await client.tasks.summaries(['Nobody speaks here.', transcript], options);
    expect(results[0]).toMatchObject({ error: { code: 'invalid_input', errors: [{ pointer: '/input/0' }] } });
    expect(results[1]).toMatchObject({
      result: {
        conversation: {
          issue: { text: 'I want a refund.' },
          done: { text: 'I have refunded it.', turns: [{ turn: 1, speaker: 'Agent' }] },
          outcome: { resolved: true },
          nextAction: { reason: 'nothing-promised' },
        },
      },
    });
    const alone = client.tasks.summaries('Nobody speaks here.', options);
    await expect(alone).rejects.toMatchObject({ details: { errors: [{ pointer: '/input' }] } });
    const stranger = client.tasks.summaries(transcript, { ...options, customer: 'Eve' });
    await expect(stranger).rejects.toMatchObject({ details: { errors: [{ pointer: '/options/customer' }] } });
  });

  test('a text longer than the model reads is scored whole; an embedding says what it left out', async () => {
    const long = 'This is a sentence of the long text. '.repeat(200);
    expect((await client.tasks.sentiment(long)).usage).toMatchObject({ truncated: false });
    expect((await client.tasks.embeddings(long)).usage).toMatchObject({ truncated: true, inputTokens: 256 });
  });

  test('entities are found without a model, with offsets into the text as sent', async () => {
    const text = '😀 card 4111\u00a01111-1111 1111, ana@example.com';
    const answer = await client.tasks.entities(text);
    taskResponse(entitiesResult.strict()).strict().parse(answer);
    expect(answer.model).toMatchObject({ id: 'parlance/entities', engine: 'builtin' });
    const { entities } = answer.result;
    expect(entities.map(({ type }) => type)).toEqual(['card', 'email']);
    for (const { start, end, ...entity } of entities) expect(text.slice(start, end)).toBe(entity.text);
    const only = await client.tasks.entities(text, { kinds: ['email'] });
    expect(only.result.entities).toHaveLength(1);
  });

  test('each text of an array is redacted for itself', async () => {
    const texts = ['ana@example.com', 'bob@example.com wrote to ana@example.com', ''];
    const { results } = await client.tasks.redactions(texts, { style: 'map' });
    const [first, second, third] = results.map((item) =>
      'result' in item ? redactionsResult.strict().parse(item.result) : undefined,
    );
    expect(first).toMatchObject({ text: '[EMAIL_1]', map: { '[EMAIL_1]': 'ana@example.com' } });
    expect(second?.text).toBe('[EMAIL_1] wrote to [EMAIL_2]');
    expect(third).toBeUndefined();
  });

  test('a kind that does not exist is named', async () => {
    const response = await server.post('/api/v1/entities', {
      input: 'a',
      options: { kinds: ['email', 'cat'] },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/options/kinds/1' }] });
  });

  test('a caller that hangs up is dropped from the queue', async () => {
    const before = await dropped(server.url, 'cancelled');
    const controller = new AbortController();
    const texts = Array.from({ length: 1024 }, (_, at) => `${at} ${'long '.repeat(100)}`);
    const call = client.tasks.embeddings(texts, {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 60);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => dropped(server.url, 'cancelled'), { timeout: 10_000 }).toBeGreaterThan(before);
  });

  test('Prefer: wait bounds the time in the queue', async () => {
    const texts = Array.from({ length: 1024 }, (_, at) => `${at} ${'long '.repeat(200)}`);
    const response = await server.post('/api/v1/embeddings', { input: texts }, { prefer: 'wait=0' });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ code: 'timeout' });
  });

  test('metrics tell tokenization, queue and inference apart', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of ['tokenization', 'queue', 'inference', 'http_request']) {
      expect(text).toMatch(new RegExp(`^parlance_${name}_seconds_count(\\{.*\\})? [1-9]`, 'm'));
    }
    expect(text).toContain('parlance_http_request_seconds_count{route="/api/v1/sentiment",status="200"}');
    await fetch(`${server.url}/api/v1/models`);
    await server.post('/no/such/place', {});
    const again = await (await fetch(`${server.url}/metrics`)).text();
    expect(again).toContain('{route="/api/v1/models",status="200"}');
    expect(again).toContain('{route="none",status="404"}');
    for (const name of ['batch_tokens_count', 'queue_tokens', 'workers_ready', 'worker_restarts']) {
      expect(text).toMatch(new RegExp(`^parlance_${name} \\d`, 'm'));
    }
  });
});

describe('a server with a short queue', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ PARLANCE_QUEUE_TOKENS: '200' });
  });
  afterAll(() => server.stop());

  test('answers 429 with Retry-After when it is full, and is itself again after', async () => {
    const texts = Array.from({ length: 1000 }, (_, at) => `${at} ${'long '.repeat(60)}`);
    const large = server.post('/api/v1/embeddings', { input: texts });
    await expect.poll(() => server.running.services.inference.pool.full, { interval: 5 }).toBe(true);
    const refused = await server.post('/api/v1/embeddings', { input: 'one more' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ code: 'overloaded' });
    // Neither reads the body to say so; a page's call gets past the early refusal and meets the later one.
    const unread = await server.post('/api/v1/embeddings', 'no json', { 'x-request-id': 'mine' });
    expect([unread.status, unread.headers.get('x-request-id')]).toEqual([429, 'mine']);
    const page = await server.post('/api/v1/embeddings', { input: 'one more' }, { origin: server.url });
    expect(page.status).toBe(429);
    expect(await dropped(server.url, 'overloaded')).toBe(3);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain(
      'parlance_http_request_seconds_count{route="/api/v1/embeddings",status="429"} 3',
    );
    expect((await large).status).toBe(200);
    expect((await server.post('/api/v1/embeddings', { input: 'one more' })).status).toBe(200);
  });

  test('the client comes back after the time it was given', async () => {
    const client = new ParlanceClient({ baseUrl: server.url });
    const texts = Array.from({ length: 1000 }, (_, at) => `${at} ${'long '.repeat(60)}`);
    const large = server.post('/api/v1/embeddings', { input: texts });
    await expect.poll(() => server.running.services.inference.pool.full, { interval: 5 }).toBe(true);
    expect((await client.tasks.embeddings('one more')).result.vector).toHaveLength(384);
    await large;
  });
});

describe('a server that stops', () => {
  test('answers what it has taken and then lets go of the port', async () => {
    const server = await startServer();
    const texts = Array.from({ length: 1000 }, (_, at) => `${at} ${'long '.repeat(200)}`);
    const call = server.post('/api/v1/embeddings', { input: texts });
    const { pool } = server.running.services.inference;
    await expect.poll(() => pool.status.queuedInputs, { interval: 5 }).toBeGreaterThan(0);
    const stopped = server.stop();
    expect((await call).status).toBe(200);
    await stopped;
    await expect(reach(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

async function dropped(url: string, reason: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(
    new RegExp(`^parlance_inputs_dropped_total\\{reason="${reason}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
  );
}

function reach(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => request(url, resolve).on('error', reject).end());
}
