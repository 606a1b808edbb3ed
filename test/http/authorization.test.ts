import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '#contracts';
import { startServer, type TestServer } from './server.ts';

/** What any key may ask, whatever its scopes. */
const withoutScope = ['GET /api/v1/system'];
/** The records of a tenant; `/api/v1/models/{id}` is the installation's. */
const ofTenant = ['/api/v1/examples/{id}', '/api/v1/keys/{id}'];

let server: TestServer;
let operations: { name: string; method: string; path: string }[];
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  const { paths } = await server.json('/openapi.json');
  operations = Object.entries<object>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((each) => ({
      name: `${each.toUpperCase()} ${path}`,
      method: each.toUpperCase(),
      path,
    })),
  );
});
afterAll(() => server?.stop());

const call = (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
  fetch(server.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });

/** The headers of a new key. */
async function keyOf(tenant: string, scope: Scope): Promise<Record<string, string>> {
  const request = { name: 'test', scopes: [scope], ratePerMinute: null, expiresInDays: null };
  const { secret } = await server.running.services.keys.create({ tenant, actor: 'local' }, request);
  return { authorization: `Bearer ${secret}` };
}

test('every operation asks for a key', async () => {
  expect(operations.length).toBeGreaterThanOrEqual(12);
  for (const { name, method, path } of operations) {
    const answer = await call(method, path.replace('{id}', 'some-id'));
    expect([name, answer.status]).toEqual([name, 401]);
  }
});

test('every operation asks for its scope, whatever else is wrong with the request', async () => {
  const headers = await keyOf('default', 'review');
  for (const { name, method, path } of operations) {
    const answer = await call(method, path.replace('{id}', 'some-id'), headers);
    expect([name, answer.status]).toEqual([name, withoutScope.includes(name) ? 200 : 403]);
  }
});

test('the records of another tenant are not there, and stay as they are', async () => {
  const [mine, theirs] = [await keyOf('a', 'admin'), await keyOf('b', 'admin')];
  const example = { task: 'sentiment', title: 'Mine', text: 'Where is my parcel?' };
  const ids: Record<string, string> = {};
  for (const [path, body] of Object.entries({ '/api/v1/examples': example, '/api/v1/keys': { name: 'k' } })) {
    const made = (await (await call('POST', path, mine, body)).json()) as { id: string };
    ids[`${path}/{id}`] = made.id;
  }
  const withId = operations.filter(({ path }) => path.includes('{') && !path.startsWith('/api/v1/models/'));
  expect([...new Set(withId.map(({ path }) => path))].sort()).toEqual(ofTenant);
  for (const { name, method, path } of withId) {
    const place = path.replace('{id}', ids[path] ?? '');
    expect([name, (await call(method, place, theirs)).status]).toEqual([name, 404]);
    expect((await call(method, place, mine)).ok).toBe(true);
  }
});
