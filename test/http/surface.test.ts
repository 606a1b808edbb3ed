import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ParlanceClient } from '#client';
import { system, taskName } from '#contracts';
import { loadConfig, serve } from '#services';
import { prepareFolder } from '../../services/db/memory.ts';
import { bundled } from '../fixtures/bundled.ts';
import { quickStart } from '../fixtures/quick-start.ts';
import { makeKey, startServer, type TestServer } from './server.ts';

describe('the surface around the tasks', () => {
  let server: TestServer;
  let client: ParlanceClient;
  beforeAll(async () => {
    server = await startServer();
    client = new ParlanceClient({ baseUrl: server.url });
  });
  afterAll(() => server.stop());

  test('the OpenAPI document has every task and resolves its own references', async () => {
    const document = await server.json('/openapi.json');
    expect(document.openapi).toBe('3.1.0');
    for (const name of taskName.options) {
      const { post } = document.paths[`/api/v1/${name}`];
      expect(post.summary).toBeTruthy();
      expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['200', '400', '429']));
    }
    const foreign = ['/v1/embeddings', '/v1/models', '/v1/chat/completions', '/hf/models/{id}', '/tei/embed'];
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(foreign));
    const references = JSON.stringify(document).match(/"#\/components\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const [, ...path] = JSON.parse(reference).split('/');
      expect(
        path.reduce((node: Record<string, unknown>, key: string) => node?.[key] as never, document),
      ).toBeDefined();
    }
  });

  test('the documentation works without a network', async () => {
    const page = await (await fetch(`${server.url}/docs`)).text();
    expect(page).not.toMatch(/https?:\/\//);
    for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(server.url + path)).status).toBe(200);
    }
    expect((await fetch(`${server.url}/docs/..%2fpackage.json`)).status).toBe(404);
  });

  test('a path of the app is for browsers; anything else that is not there is a 404', async () => {
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    for (const path of ['/api/nothing', '/v1/nothing', '/hf/nothing', '/tei/nothing'])
      expect((await fetch(server.url + path, { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('models show their state, size and default', async () => {
    const models = await client.models.list();
    expect(models.map((model) => [model.id, model.state, model.default])).toEqual([
      ['sentiment', 'ready', true],
      ['all-MiniLM-L6-v2', 'ready', true],
      ['nmt-en-es', 'ready', true],
    ]);
    expect((await client.models.get('all-MiniLM-L6-v2')).cardText).toMatch(/^# all-MiniLM-L6-v2/);
    await expect(client.models.get('none')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the system says what it is', async () => {
    const answer = system.parse(await client.system());
    expect(answer).toMatchObject({
      authentication: 'open',
      database: { kind: 'pglite' },
      workers: { ready: 1, total: 1 },
    });
  });

  test('the caller may bring a request id, but not one that could forge a log line', async () => {
    const own = await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': 'order-77' } });
    expect(own.headers.get('x-request-id')).toBe('order-77');
    const forged = await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': 'a b{}' } });
    expect(forged.headers.get('x-request-id')).toMatch(/^req_/);
  });

  test('alive and ready are separate questions', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await server.json('/readyz')).toMatchObject({ status: 'ready' });
  });
});

describe('a server behind a proxy, for pages elsewhere', () => {
  const origin = 'https://shop.example';
  let server: TestServer;
  let secret = '';
  beforeAll(async () => {
    const settings = { PARLANCE_CORS_ORIGINS: origin, PARLANCE_ALLOWED_HOSTS: 'Chat.Example' };
    server = await startServer(settings, async (config) => {
      secret = await makeKey(config);
    });
  });
  afterAll(() => server.stop());

  test('an allowed origin may call, also with a preflight', async () => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type, authorization',
    };
    for (const path of ['/api/v1/sentiment', '/v1/embeddings', '/hf/models/sentiment', '/tei/embed']) {
      const preflight = await fetch(server.url + path, { method: 'OPTIONS', headers });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    }
    const authorization = `Bearer ${secret}`;
    const answer = await server.post('/api/v1/sentiment', { input: 'hello' }, { origin, authorization });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('it may read when to come back and what to tell support, also of a refusal', async () => {
    const refused = await server.post('/api/v1/sentiment', { input: 'hello' }, { origin });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    const exposed = refused.headers.get('access-control-expose-headers')?.toLowerCase().split(',');
    expect(exposed).toEqual(
      expect.arrayContaining(['retry-after', 'x-request-id', 'ratelimit-limit', 'ratelimit-remaining']),
    );
  });

  test('who comes through the proxy needs a key, and the name may be written in any case', async () => {
    const through = (path: string, headers: Record<string, string> = {}) =>
      statusOf(server.url + path, { host: 'CHAT.example', ...headers });
    expect(await through('/api/v1/keys')).toBe(401);
    expect(await through('/api/v1/keys', { 'x-api-key': secret })).toBe(200);
    expect(await statusOf(`${server.url}/metrics`, { host: '10.1.2.3:8787' })).toBe(403);
  });

  test('probes by address are answered', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await statusOf(server.url + path, { host: '10.1.2.3:8787' })).toBe(200);
    }
  });
});

describe('starting', () => {
  const engine = { PARLANCE_PORT: '0', PARLANCE_ENGINE: 'fake', PARLANCE_LOG_LEVEL: 'silent' };

  test.each([
    ['a public address', { PARLANCE_HOST: '0.0.0.0' }],
    ['a name others use', { PARLANCE_ALLOWED_HOSTS: 'localhost,chat.example' }],
    ['a page elsewhere', { PARLANCE_CORS_ORIGINS: 'http://localhost:5173,https://shop.example' }],
  ])('%s without keys is refused, and so is switching keys off there', async (_, opening) => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-public-'));
    await prepareFolder(folder);
    const settings = { ...engine, ...opening, PARLANCE_DATA_DIR: folder };
    const [setting] = Object.keys(opening);
    const open = loadConfig({ ...settings, PARLANCE_AUTH: 'open' });
    await expect(serve(open)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(new RegExp(`${setting}=.*PARLANCE_AUTH=open`)),
    });
    await expect(serve(loadConfig(settings))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('keys create'),
    });
    await rm(folder, { recursive: true });
  });

  test('a page of this machine leaves the server open', () => {
    const local = { PARLANCE_CORS_ORIGINS: 'http://localhost:5173', PARLANCE_ALLOWED_HOSTS: '127.0.0.1' };
    expect(loadConfig(local).auth).toBe('open');
    expect(loadConfig({ ...local, PARLANCE_AUTH: 'keys' }).auth).toBe('keys');
  });

  test('a folder that cannot be used is told in one line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-unusable-'));
    await writeFile(join(folder, 'db'), 'not a folder');
    for (const dataDir of [folder, join(folder, 'db')]) {
      const { said, code } = await startProgram({ PARLANCE_DATA_DIR: dataDir });
      expect(code).toBe(1);
      expect(said).toMatch(/^Parlance cannot start\. .*PARLANCE_DATA_DIR.*\n$/);
    }
    await rm(folder, { recursive: true });
  });

  test('a model of a folder that cannot be served is named at the start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-unserved-'));
    await prepareFolder(join(folder, 'data'));
    await mkdir(join(folder, 'models', 'spoilt'), { recursive: true });
    await writeFile(join(folder, 'models', 'spoilt', 'config.json'), '{bad');
    const child = program({
      PARLANCE_DATA_DIR: join(folder, 'data'),
      PARLANCE_MODELS_DIR: join(folder, 'models'),
      PARLANCE_DEMO: 'off',
    });
    const ended = once(child, 'exit');
    let said = '';
    for await (const piece of child.stderr) {
      said += piece;
      if (said.includes('Fetch')) child.kill();
    }
    await ended;
    expect(said).toContain('The model spoilt is not served: config.json is no JSON.');
    await rm(folder, { recursive: true });
  });

  test('an error of the listening socket does not end the service', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    const server = await startServer();
    const socket = listen.mock.contexts.at(-1) as Server;
    listen.mockRestore();
    const outOfFiles = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' });
    for (let times = 0; times < 2; times++) socket.emit('error', outOfFiles);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await server.stop();
  });

  test('a taken port and a taken folder are told apart', async () => {
    const server = await startServer();
    const { port } = new URL(server.url);
    await expect(startServer({ PARLANCE_PORT: port })).rejects.toMatchObject({
      message: expect.stringContaining('PARLANCE_PORT'),
    });
    const { dataDir } = server.running.services.config;
    await expect(startServer({ PARLANCE_DATA_DIR: dataDir })).rejects.toMatchObject({ code: 'conflict' });
    await server.stop();
  });

  test('a bad setting is named', () => {
    expect(() => loadConfig({ PARLANCE_PORT: 'http' })).toThrow(/PARLANCE_PORT/);
  });
});

/** The program of `npm start` with these settings, and what it said on standard error by its end. */
async function startProgram(env: Record<string, string>): Promise<{ said: string; code: number | null }> {
  const child = program(env);
  const ended = once(child, 'exit');
  const said = await text(child.stderr);
  return { said, code: (await ended)[0] };
}

const program = (env: Record<string, string>) =>
  spawn(process.execPath, [...quickStart, bundled('server')], {
    env: { PATH: process.env.PATH, PARLANCE_PORT: '0', PARLANCE_ENGINE: 'fake', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });

/** By `node:http`, because `fetch` lets nobody choose the host. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}
