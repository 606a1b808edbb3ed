import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { system, taskName } from '#contracts';
import { loadConfig, serve } from '#services';
import { startServer, type TestServer } from './server.ts';

describe('the surface around the tasks', () => {
  let server: TestServer;
  let client: ParlanceClient;
  beforeAll(async () => {
    server = await startServer({ PARLANCE_CORS_ORIGINS: 'https://shop.example' });
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
    expect((await fetch(`${server.url}/api/nothing`, { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('models show their state, size and default', async () => {
    const models = await client.models.list();
    expect(models.map((model) => [model.id, model.state, model.default])).toEqual([
      ['sentiment', 'ready', true],
      ['all-MiniLM-L6-v2', 'ready', true],
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

  test('an allowed origin may call, also with a preflight', async () => {
    const origin = 'https://shop.example';
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await fetch(`${server.url}/api/v1/sentiment`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    const answer = await server.post('/api/v1/sentiment', { input: 'hello' }, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
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

describe('starting', () => {
  test('a public address without keys is refused, and so is switching keys off there', async () => {
    const settings = {
      PARLANCE_HOST: '0.0.0.0',
      PARLANCE_PORT: '0',
      PARLANCE_ENGINE: 'fake',
      PARLANCE_LOG_LEVEL: 'silent',
    };
    const open = loadConfig({ ...settings, PARLANCE_AUTH: 'open' });
    await expect(serve(open)).rejects.toMatchObject({ code: 'forbidden' });
    const folder = `${process.cwd()}/.cache/test-public-${process.pid}`;
    const keyless = loadConfig({ ...settings, PARLANCE_DATA_DIR: folder });
    await expect(serve(keyless)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('keys create'),
    });
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
