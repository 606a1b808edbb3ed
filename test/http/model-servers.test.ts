import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '#inference';
import { newKey } from '../clients/keys.ts';
import { kserveServer } from '../fixtures/kserve-server.ts';
import { startServer, type TestServer } from './server.ts';

const ranker = join(import.meta.dirname, '../fixtures/architectures/tiny-cross-encoder');
const tokenizer = join(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
const embeddings = { task: 'embeddings', maxTokens: 256, dimensions: 384 };
const moods = ['negative', 'neutral', 'positive'];

/** Another Parlance, which is a real server of texts; a server of tensors with the fake graph; and one that does as it is told. */
let other: TestServer;
let tensors: Server;
let wayward: Server;
let misbehave: RequestListener;
let seen: { path: string; authorization: string | undefined }[] = [];
let here: TestServer;
let folder: string;
let theirs: string;
let key = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-models-'));
  theirs = await mkdtemp(join(tmpdir(), 'parlance-their-models-'));
  await cp(ranker, join(theirs, 'ranker'), { recursive: true });
  other = await startServer({ PARLANCE_AUTH: 'keys', PARLANCE_MODELS_DIR: theirs });
  key = await newKey(other, ['inference']);
  const session = await (await engines.fake()).load({ graph: '', threads: 1, width: 384 });
  const answer = kserveServer(session);
  tensors = await listen(async (request, response) => {
    const headers = request.headers as Record<string, string>;
    const body = request.method === 'POST' ? await buffer(request) : undefined;
    const reply = await answer({ path: request.url ?? '', headers, body }, AbortSignal.timeout(5000));
    const length = reply.header('inference-header-content-length');
    response.writeHead(reply.status, length === null ? {} : { 'inference-header-content-length': length });
    response.end(reply.body);
  });
  wayward = await listen((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    misbehave(request, response);
  });
  const gone = await listen(() => {});
  const nowhere = urlOf(gone);
  await new Promise((closed) => gone.close(closed));
  const cards = {
    'far-tei': { ...embeddings, engine: 'tei', endpoint: { url: `${other.url}/tei/`, key: 'OTHER_KEY' } },
    'far-moods': {
      task: 'sentiment',
      labels: moods,
      maxTokens: 128,
      engine: 'tei',
      endpoint: { url: `${other.url}/tei`, key: 'OTHER_KEY' },
    },
    'far-openai': {
      ...embeddings,
      engine: 'openai',
      endpoint: { url: `${other.url}/v1`, model: 'all-MiniLM-L6-v2', key: 'OTHER_KEY' },
    },
    'far-tensors': {
      ...embeddings,
      engine: 'kserve',
      kernel: 'sentence-embedding',
      endpoint: { url: urlOf(tensors), model: 'encoder' },
    },
    'far-ranker': {
      ...{ task: 'rerank', maxTokens: 64, engine: 'tei' },
      endpoint: { url: `${other.url}/tei`, key: 'OTHER_KEY' },
    },
    'without-key': {
      ...embeddings,
      engine: 'tei',
      endpoint: { url: `${other.url}/tei`, key: 'NOBODY_SET_THIS' },
    },
    'unknown-engine': { ...embeddings, engine: 'grpc', endpoint: { url: nowhere } },
    nobody: { ...embeddings, engine: 'tei', endpoint: { url: nowhere } },
    wayward: { ...embeddings, engine: 'openai', endpoint: { url: urlOf(wayward), key: 'OTHER_KEY' } },
  };
  for (const [name, card] of Object.entries(cards)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'parlance.json'), JSON.stringify(card));
  }
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) {
    await copyFile(join(tokenizer, file), join(folder, 'far-tensors', file));
  }
  misbehave = (_, response) => response.writeHead(404).end();
  here = await startServer({ PARLANCE_MODELS_DIR: folder, OTHER_KEY: key });
});
afterAll(async () => {
  await here?.stop();
  await other?.stop();
  for (const server of [tensors, wayward]) {
    server?.closeAllConnections();
    server?.close();
  }
  for (const each of [folder, theirs]) await rm(each, { recursive: true, force: true });
});

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
async function ask(task: string, model: string | undefined, input: unknown, options?: object): Promise<any> {
  return (await here.post(`/api/v1/${task}`, { input, model, options })).json();
}

const furthest = (a: number[], b: number[]) =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))));

const texts = ['I like you.', 'I hate pineapples', `${'a very long text '.repeat(100)}.`];

describe('the same task, wherever the model is', () => {
  test.each(['far-tei', 'far-openai', 'far-tensors'])('embeddings by %s', async (model) => {
    const near = await ask('embeddings', undefined, texts);
    const far = await ask('embeddings', model, texts);
    expect(far.results.length).toBe(3);
    far.results.forEach(({ result }: { result: { vector: number[] } }, at: number) => {
      expect(furthest(result.vector, near.results[at].result.vector)).toBeLessThan(1e-6);
    });
    expect(far.usage).toEqual(near.usage);
    expect(far.usage.truncated).toBe(true);
    expect(far.model).toMatchObject({
      id: model,
      engine: { 'far-tei': 'tei', 'far-openai': 'openai', 'far-tensors': 'kserve' }[model],
    });
  });

  test('sentiment, with what is made of it here', async () => {
    const near = await ask('sentiment', undefined, texts.slice(0, 2), { sentences: true });
    const far = await ask('sentiment', 'far-moods', texts.slice(0, 2), { sentences: true });
    expect(far.results).toEqual(near.results);
  });

  test('texts in order, and classes by meaning, on far embeddings', async () => {
    for (const model of ['far-tei', 'far-tensors']) {
      const options = { query: 'I like you.' };
      expect((await ask('rerank', model, texts, options)).results).toEqual(
        (await ask('rerank', 'all-MiniLM-L6-v2', texts, options)).results,
      );
    }
    const labels = { labels: ['good', 'bad'] };
    const far = await ask('classifications', 'far-openai', texts[0], labels);
    expect(far.result).toEqual((await ask('classifications', undefined, texts[0], labels)).result);
  });

  test('texts in order by a model that reads them with the query', async () => {
    const request = { input: texts, options: { query: 'I like you.' } };
    const near = await other.post('/api/v1/rerank', request, { authorization: `Bearer ${key}` });
    const { results, model } = await ask('rerank', undefined, texts, request.options);
    expect(model.id).toBe('far-ranker');
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
    const logits = (answer: any) => answer.map((item: any) => item.result.logit);
    expect(logits(results)).toEqual(logits(((await near.json()) as { results: unknown }).results));
  });

  test('for the clients of others', async () => {
    const answer = await here.post('/v1/embeddings', { model: 'far-tensors', input: 'a' });
    expect(await answer.json()).toMatchObject({ model: 'far-tensors', data: [{ index: 0 }] });
  });
});

describe('what is said of models behind endpoints', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
  const stateOf = async (id: string): Promise<any> =>
    (await here.json('/api/v1/models')).models.find((model: { id: string }) => model.id === id);

  test('their state, and never their address or key', async () => {
    for (const id of ['far-tei', 'far-moods', 'far-openai', 'far-tensors']) {
      await expect
        .poll(() => stateOf(id))
        .toMatchObject({ source: 'remote', state: 'ready', default: false });
    }
    await expect
      .poll(() => stateOf('nobody'))
      .toMatchObject({ state: 'failed', reason: expect.stringContaining('cannot be reached') });
    expect(await stateOf('without-key')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('Set NOBODY_SET_THIS'),
    });
    expect(await stateOf('unknown-engine')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('kserve, openai, tei'),
    });
    const list = await (await fetch(`${here.url}/api/v1/models`)).text();
    expect(list).not.toContain(new URL(other.url).host);
    expect(list).not.toContain('OTHER_KEY');
  });

  test('metrics', async () => {
    await ask('embeddings', 'far-tei', 'a');
    await ask('embeddings', 'nobody', 'a');
    const metrics = await (await fetch(`${here.url}/metrics`)).text();
    expect(metrics).toMatch(/parlance_remote_seconds_count\{model="far-tei"\} \d/);
    expect(metrics).toMatch(/parlance_remote_failures_total\{model="nobody",code="model_unavailable"\} \d/);
    expect(metrics).toContain('parlance_remote_ready{model="far-tensors"} 1');
    expect(metrics).toContain('parlance_remote_ready{model="nobody"} 0');
  });
});

describe('a server that fails', () => {
  const vector = Buffer.from(new Float32Array(384).fill(1).buffer).toString('base64');
  const answerOf = (embedding: unknown) => JSON.stringify({ data: [{ index: 0, embedding }] });

  test.each<[string, RequestListener, number, RegExp]>([
    ['is busy', (_, response) => response.writeHead(429, { 'retry-after': '9' }).end(), 429, /is busy/],
    ['refuses the key', (_, response) => response.writeHead(401).end('sk-secret'), 503, /refused the key/],
    [
      'breaks',
      (_, response) => response.writeHead(500).end('Traceback /srv/app.py'),
      502,
      /failed with status 500/,
    ],
    [
      'sends elsewhere',
      (_, response) => response.writeHead(307, { location: `${other.url}/v1/embeddings` }).end(),
      502,
      /status 307/,
    ],
    ['talks nonsense', (_, response) => response.end('<html>'), 502, /is no JSON/],
    [
      'has another model',
      (_, response) => response.end(answerOf([1, 2])),
      502,
      /has 2 numbers where 384 belong/,
    ],
    [
      'says that there is more',
      (_, response) =>
        void response.writeHead(200, { 'content-length': '999' }).write('{', () => response.destroy()),
      502,
      /broke off/,
    ],
    ['hangs up', (request) => request.socket.destroy(), 502, /broke off/],
    ['sends no end', flood, 502, /broke off/],
  ])('%s', async (_, misbehaviour, status, message) => {
    misbehave = misbehaviour;
    const failed = await here.post('/api/v1/embeddings', { model: 'wayward', input: 'a' });
    const text = await failed.text();
    expect([failed.status, JSON.parse(text).detail]).toEqual([status, expect.stringMatching(message)]);
    expect(text).not.toMatch(/sk-secret|Traceback|127\.0\.0\.1/);
    if (status === 429) expect(failed.headers.get('retry-after')).toBe('9');
    misbehave = (__, response) => response.end(answerOf(vector));
    await here.post('/api/v1/embeddings', { model: 'wayward', input: 'a' });
  });

  /** More than anybody would hold, as long as somebody reads it. */
  function flood(...[, response]: Parameters<RequestListener>): void {
    const piece = Buffer.alloc(1 << 20, ' ');
    const write = () => {
      while (!response.destroyed) if (!response.write(piece)) return void response.once('drain', write);
    };
    write();
  }

  test('is shown its key, and it alone', async () => {
    seen = [];
    misbehave = (_, response) => response.end(answerOf(vector));
    await ask('embeddings', 'wayward', 'a');
    expect(seen).toMatchObject([{ path: '/embeddings', authorization: expect.stringMatching(/^Bearer \w/) }]);
  });

  test('is silent: its callers are answered in their time, and others do not wait for it', async () => {
    misbehave = () => {};
    const slow = here.post('/api/v1/embeddings', { model: 'wayward', input: 'a' }, { prefer: 'wait=1' });
    expect((await ask('embeddings', undefined, 'a')).result).toBeDefined();
    expect((await ask('embeddings', 'far-tei', 'a')).result).toBeDefined();
    expect((await slow).status).toBe(504);
  });

  test('a caller who hangs up ends the request there', async () => {
    let ended: Promise<unknown> | undefined;
    const arrived = new Promise<void>((resolve) => {
      misbehave = (request) => {
        ended = new Promise((closed) => request.once('close', closed));
        resolve();
      };
    });
    const caller = new AbortController();
    const left = fetch(`${here.url}/api/v1/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'wayward', input: 'a' }),
      signal: caller.signal,
    }).catch(() => 'left');
    await arrived;
    caller.abort();
    expect(await left).toBe('left');
    await ended;
  });

  test('is down: after a few callers everybody is told at once', async () => {
    misbehave = (request) => request.socket.destroy();
    for (let count = 0; count < 3; count++) await ask('embeddings', 'wayward', 'a');
    const before = seen.length;
    const refused = await here.post('/api/v1/embeddings', { model: 'wayward', input: 'a' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(seen.length).toBe(before);
  });
});
