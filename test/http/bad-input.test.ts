import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problem } from '#contracts';
import { startServer, type TestServer } from './server.ts';

/** What a caller may send, and the code and field the answer must name. The server must outlive all of it. */
const cases: [name: string, path: string, body: unknown, status: number, code: string, pointer: string][] = [
  ['an empty body', '/api/v1/sentiment', '', 400, 'invalid_input', ''],
  ['an empty object', '/api/v1/sentiment', {}, 400, 'invalid_input', '/input'],
  ['an empty text', '/api/v1/sentiment', { input: '' }, 400, 'invalid_input', '/input'],
  ['blank text', '/api/v1/embeddings', { input: ' \n\t' }, 400, 'invalid_input', '/input'],
  ['an empty array', '/api/v1/sentiment', { input: [] }, 400, 'invalid_input', '/input'],
  ['a number', '/api/v1/sentiment', { input: 7 }, 400, 'invalid_input', '/input'],
  ['a number among texts', '/api/v1/sentiment', { input: ['a', 7] }, 400, 'invalid_input', '/input/1'],
  [
    'too many texts',
    '/api/v1/sentiment',
    { input: new Array(1025).fill('a') },
    400,
    'invalid_input',
    '/input',
  ],
  [
    'a text that is too long',
    '/api/v1/sentiment',
    { input: 'a'.repeat(100_001) },
    413,
    'too_large',
    '/input',
  ],
  ['10 MB', '/api/v1/sentiment', { input: 'a'.repeat(10_000_000) }, 413, 'too_large', ''],
  [
    'an unknown option',
    '/api/v1/sentiment',
    { input: 'a', options: { explian: true } },
    400,
    'invalid_input',
    '/options/explian',
  ],
  [
    'an option of the wrong type',
    '/api/v1/sentiment',
    { input: 'a', options: { explain: 1 } },
    400,
    'invalid_input',
    '/options/explain',
  ],
  ['an unknown model', '/api/v1/sentiment', { input: 'a', model: 'nobody/none' }, 404, 'not_found', '/model'],
  [
    'a model of another task',
    '/api/v1/sentiment',
    { input: 'a', model: 'all-MiniLM-L6-v2' },
    400,
    'invalid_input',
    '/model',
  ],
  [
    'an option at the top',
    '/api/v1/sentiment',
    { input: 'a', explain: true },
    400,
    'invalid_input',
    '/explain',
  ],
  [
    'U+0000 in a title',
    '/api/v1/examples',
    { task: 'sentiment', title: 'a\0b', text: 'a' },
    400,
    'invalid_input',
    '/title',
  ],
  [
    'U+0000 in a text to save',
    '/api/v1/examples',
    { task: 'sentiment', title: 'a', text: '\0' },
    400,
    'invalid_input',
    '/text',
  ],
  [
    'half a surrogate pair in a text to save',
    '/api/v1/examples',
    '{"task":"sentiment","title":"a","text":"\\ud83d"}',
    400,
    'invalid_input',
    '/text',
  ],
  ['an emoji in a title', '/api/v1/examples', { task: 'sentiment', title: '👍', text: 'a' }, 201, '', ''],
  ['U+0000 in the name of a key', '/api/v1/keys', { name: 'a\0' }, 400, 'invalid_input', '/name'],
  ['broken JSON', '/api/v1/sentiment', '{"input": "a"', 400, 'invalid_input', ''],
  ['JSON that is not an object', '/api/v1/sentiment', '"a"', 400, 'invalid_input', ''],
  [
    'deep JSON',
    '/api/v1/sentiment',
    `{"input":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    400,
    'invalid_input',
    '/input/0',
  ],
  [
    'broken UTF-8',
    '/api/v1/sentiment',
    new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    400,
    'invalid_input',
    '',
  ],
  ['a lone surrogate escape', '/api/v1/sentiment', '{"input":"\\ud800"}', 200, '', ''],
  ['an unknown route', '/api/v1/nothing', { input: 'a' }, 404, 'not_found', ''],
];

interface Answer {
  results: { result?: unknown; error?: unknown }[];
}

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test.each(cases)('%s', async (_, path, body, status, code, pointer) => {
    const response = await server.post(path, body);
    expect(response.status).toBe(status);
    if (status < 300) return;
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const answer = problem.parse(await response.json());
    expect(answer.code).toBe(code);
    expect(answer.requestId).toBe(response.headers.get('x-request-id'));
    if (code !== 'not_found' || pointer)
      expect(answer.errors?.map((each) => each.pointer)).toContain(pointer);
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts\b|\/home|stack/);
  });

  test('a body that is not JSON is told apart from broken JSON', async () => {
    const response = await server.post('/api/v1/sentiment', 'input=a', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ detail: expect.stringContaining('application/json') }],
    });
  });

  test.each([
    ['content-encoding', 'gzip'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'application/json;charset="ISO-8859-1"'],
    ['idempotency-key', 'ключ'.replace(/./g, 'é')],
  ])('the header %s: %s is named', async (name, value) => {
    const response = await server.post(
      '/api/v1/examples',
      { task: 'sentiment', title: 'a', text: 'a' },
      { [name]: value },
    );
    expect(response.status).toBe(400);
    const answer = problem.parse(await response.json());
    expect(answer.code).toBe('invalid_input');
    expect(answer.detail.toLowerCase()).toContain(name);
  });

  test('UTF-8 may be named, and so may no encoding', async () => {
    const headers = { 'content-type': 'application/json; charset="UTF-8"', 'content-encoding': 'identity' };
    expect((await server.post('/api/v1/sentiment', { input: 'a' }, headers)).status).toBe(200);
  });

  test.each(['/api/v1/examples/a%00b', '/api/v1/keys/%00', '/api/v1/keys/%20'])('DELETE %s', async (path) => {
    const response = await fetch(server.url + path, { method: 'DELETE' });
    expect(response.status).toBe(400);
    expect(problem.parse(await response.json()).errors?.[0]?.pointer).toBe('/id');
  });

  test.each(['constructor', 'toString', '__proto__'])('there is no /docs/%s', async (name) => {
    expect((await fetch(`${server.url}/docs/${name}`)).status).toBe(404);
  });

  test('bad texts among good ones have errors of their own', async () => {
    const response = await server.post('/api/v1/sentiment', { input: ['good', '', 'a'.repeat(100_001)] });
    expect(response.status).toBe(200);
    const { results } = (await response.json()) as Answer;
    expect(results[0]).toHaveProperty('result.label');
    expect(results[1]?.error).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/input/1' }] });
    expect(results[2]?.error).toMatchObject({ code: 'too_large', errors: [{ pointer: '/input/2' }] });
  });

  test('nothing but bad texts is answered, not refused', async () => {
    const response = await server.post('/api/v1/sentiment', { input: ['', ' '] });
    const { results } = (await response.json()) as Answer;
    expect(results.map((each: object) => Object.keys(each))).toEqual([['error'], ['error']]);
  });

  test.each([
    ['a host that is not this server', { host: 'evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('%s is refused', async (_, headers) => {
    expect(await statusOf(server.url, headers)).toBe(403);
  });

  test.each(['/v1/models', '/hf/models/sentiment', '/tei/info'])(
    'a page of another site may not ask for %s either',
    async (path) => {
      const refused = await fetch(server.url + path, { headers: { origin: 'https://evil.example' } });
      expect(refused.status).toBe(403);
      expect(((await refused.json()) as { error: unknown }).error).toBeTruthy();
    },
  );

  test('the same page on this server is let in', async () => {
    expect(await statusOf(server.url, { origin: server.url })).toBe(200);
    expect(await statusOf(server.url, { host: 'localhost:1234' })).toBe(200);
  });

  test('a stream without an end is given up at the limit', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(0x61)),
    });
    const response = await fetch(`${server.url}/api/v1/sentiment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch((error) => error);
    // The server answers and hangs up; a client still writing may see the hang-up first.
    if (response instanceof Response) expect(response.status).toBe(413);
    expect((await server.post('/api/v1/sentiment', { input: 'still here' })).status).toBe(200);
  });

  test('more explanations than one call may ask for', async () => {
    const response = await server.post('/api/v1/sentiment', {
      input: new Array(33).fill('a'),
      options: { explain: true },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/options/explain' }] });
  });

  test('a body declared longer than it is, then cut off, costs nothing', async () => {
    await new Promise<void>((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': '100' };
      const half = request(`${server.url}/api/v1/sentiment`, { method: 'POST', headers });
      half.on('error', () => resolve());
      half.on('close', () => resolve());
      half.write('{"input":');
      setTimeout(() => half.destroy(), 50);
    });
    expect((await server.post('/api/v1/sentiment', { input: 'still here' })).status).toBe(200);
  });
});

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/system`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
