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
    const said = answer.status === 401 ? await answer.text() : '';
    expect([name, said.includes('"An API key is needed')]).toEqual([name, !open]);
  }
  expect(
    operations
      .filter(({ open }) => open)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(waysIn);
});

/** What a key for training may do beside what every key may. */
const ofTrainers = ['POST /api/v1/classifiers', 'DELETE /api/v1/classifiers/{name}'];

test('every operation asks for its scope, whatever else is wrong with the request', async () => {
  // The scope that the fewest operations ask for, and another one for those.
  const [trainer, other] = await Promise.all([keyOf('default', 'train'), keyOf('default', 'agent')]);
  for (const { name, method, path } of operations.filter(({ open }) => !open)) {
    const answer = await call(method, filled(path), ofTrainers.includes(name) ? other : trainer);
    expect([name, answer.status]).toEqual([name, withoutScope.includes(name) ? 200 : 403]);
  }
});

test('the scope of reviewers is enough for their own work, and for nothing else', async () => {
  const headers = await keyOf('default', 'review');
  for (const { name, method, path } of operations.filter(({ open }) => !open)) {
    const answer = await call(method, filled(path), headers);
    const allowed = path.startsWith('/api/v1/evaluations/') || withoutScope.includes(name);
    expect([name, answer.status !== 403]).toEqual([name, allowed]);
  }
});
