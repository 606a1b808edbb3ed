import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '#contracts';
import { startServer, type TestServer } from './server.ts';

/** What any key may ask, whatever its scopes. */
const withoutScope = ['GET /api/v1/system'];
/** What anybody may ask, because it is how one gets in; the document says so. */
const waysIn = [
  'DELETE /api/v1/session',
  'GET /api/v1/people/invitations/{token}/accept',
  'GET /api/v1/session',
  'GET /api/v1/session/oidc/callback',
  'GET /api/v1/session/oidc/start',
  'POST /api/v1/customers',
  'POST /api/v1/people/invitations/{token}/accept',
  'POST /api/v1/session',
];
/** What a person does with what is their own: for no key. */
const ofPerson = ['/api/v1/session/sessions/{id}'];
/** How a record of a tenant is made, and what to send to a place that takes a body. */
interface TenantRecord {
  make: (headers: Record<string, string>) => Promise<string>;
  body?: object;
}
/** The records of a tenant, by their path; `/api/v1/models/{id}` is the installation's. */
const ofTenant: Record<string, TenantRecord> = {
  '/api/v1/examples/{id}': {
    make: (headers) =>
      made('/api/v1/examples', headers, { task: 'sentiment', title: 'Mine', text: 'Hello?' }),
  },
  '/api/v1/keys/{id}': { make: (headers) => made('/api/v1/keys', headers, { name: 'k' }) },
  '/api/v1/people/invitations/{id}': {
    make: (headers) => made('/api/v1/people/invitations', headers, { email: 'bob@a.example' }),
  },
  '/api/v1/people/{id}': { make: joined, body: { name: 'Anna' } },
  '/api/v1/people/{id}/reset': { make: joined },
  '/api/v1/teams/{id}': {
    make: (headers) => made('/api/v1/teams', headers, { name: 'T' }),
    body: { name: 'U' },
  },
};

interface Operation {
  name: string;
  method: string;
  path: string;
  /** Without a credential. */
  open: boolean;
}

let server: TestServer;
let operations: Operation[];
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  const { paths } = await server.json('/openapi.json');
  operations = Object.entries<Record<string, { security?: object[] }>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([each, { security = [] }]) => ({
      name: `${each.toUpperCase()} ${path}`,
      method: each.toUpperCase(),
      path,
      open: security.some((needed) => Object.keys(needed).length === 0),
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

/** A path with something in it that is nobody's. */
const filled = (path: string) => path.replace(/\{\w+\}/g, 'some-id');

test('every operation asks for a key, but for the ways in', async () => {
  expect(operations.length).toBeGreaterThanOrEqual(12);
  for (const { name, method, path, open } of operations) {
    const answer = await call(method, filled(path));
    const problem = answer.status === 401 ? ((await answer.json()) as { detail: string }) : undefined;
    expect([name, problem?.detail.startsWith('An API key is needed') ?? false]).toEqual([name, !open]);
  }
  expect(
    operations
      .filter(({ open }) => open)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(waysIn);
});

test('every operation asks for its scope, whatever else is wrong with the request', async () => {
  const headers = await keyOf('default', 'review');
  for (const { name, method, path } of operations.filter(({ open }) => !open)) {
    const answer = await call(method, filled(path), headers);
    expect([name, answer.status]).toEqual([name, withoutScope.includes(name) ? 200 : 403]);
  }
});

/** The id of a record made by a POST. */
async function made(path: string, headers: Record<string, string>, body: object): Promise<string> {
  return ((await (await call('POST', path, headers, body)).json()) as { id: string }).id;
}

/** The id of somebody who was invited and has accepted. */
async function joined(headers: Record<string, string>): Promise<string> {
  const email = `${Math.random()}@a.example`;
  const invited = await call('POST', '/api/v1/people/invitations', headers, { email });
  const { token } = (await invited.json()) as { token: string };
  const person = { name: 'Ann', password: 'a long enough password' };
  const accepted = await call('POST', `/api/v1/people/invitations/${token}/accept`, {}, person);
  return ((await accepted.json()) as { user: { id: string } }).user.id;
}

test('the records of another tenant are not there, and stay as they are', async () => {
  const [mine, theirs] = [await keyOf('a', 'admin'), await keyOf('b', 'admin')];
  const ids: Record<string, string> = {};
  for (const [path, { make }] of Object.entries(ofTenant)) ids[path] = await make(mine);
  const withId = operations.filter(
    ({ path }) => path.includes('{id}') && !path.startsWith('/api/v1/models/') && !ofPerson.includes(path),
  );
  expect([...new Set(withId.map(({ path }) => path))].sort()).toEqual(Object.keys(ofTenant).sort());
  for (const { name, method, path } of withId) {
    const place = path.replace('{id}', ids[path] ?? '');
    const body = method === 'PATCH' ? ofTenant[path]?.body : undefined;
    expect([name, (await call(method, place, theirs, body)).status]).toEqual([name, 404]);
    expect([name, (await call(method, place, mine, body)).ok]).toEqual([name, true]);
  }
});
