import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKey, auditPage, createdKey, exampleList, keyList, problem, type Scope } from '#contracts';
import type { Database } from '../../db/database.ts';
import { openMemoryDatabase } from '../../db/memory.ts';
import { createExampleStore, type ExampleStore } from '../../examples.ts';
import { createAuditLog } from '../../identity/audit.ts';
import { createKeyStore, type KeyStore } from '../../identity/keys.ts';
import { createRateLimiter } from '../../identity/rate-limit.ts';
import { respondWithError } from '../errors.ts';
import { authenticate } from '../middleware/authenticate.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { newRouter } from '../router.ts';
import { auditRoutes } from './audit.ts';
import { exampleRoutes } from './examples.ts';
import { keyRoutes } from './keys.ts';

let db: Database;
let keys: KeyStore;
let examples: ExampleStore;
beforeAll(async () => {
  db = await openMemoryDatabase();
  keys = createKeyStore(db);
  examples = createExampleStore(db);
});
afterAll(() => db?.close());

function server(auth: 'open' | 'keys' = 'keys') {
  const app = newRouter();
  app.onError((error, c) => respondWithError(c, error));
  app.use(
    '/api/*',
    authenticate({ auth, keys }),
    rateLimit(createRateLimiter({ ratePerMinute: null, now: () => 0 })),
  );
  app.route('/', keyRoutes({ keys }));
  app.route('/', auditRoutes({ audit: createAuditLog(db) }));
  app.route('/', exampleRoutes({ examples }));
  return app;
}

/** The answer's status, headers and body to one request. */
async function call(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: unknown; auth?: 'open' } = {},
) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const headers = { 'content-type': 'application/json', ...options.headers };
  const response = await server(options.auth).request(path, { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

async function bearer(tenant: string, scopes: Scope[], ratePerMinute: number | null = null) {
  const request = { name: 'test', scopes, ratePerMinute, expiresInDays: null };
  const { secret } = await keys.create({ tenant, actor: 'local' }, request);
  return { headers: { authorization: `Bearer ${secret}` }, secret: secret ?? '' };
}

describe('credentials', () => {
  it('are needed with keys, not on an open port, and must be right where they are given', async () => {
    const none = await call('GET', '/api/v1/examples');
    expect(none.status).toBe(401);
    expect(problem.parse(none.body).code).toBe('unauthorized');
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
    expect((await call('GET', '/api/v1/examples', { auth: 'open' })).status).toBe(200);
    const wrong: Record<string, string>[] = [
      { authorization: 'Bearer plk_no' },
      { 'x-api-key': 'no' },
      { authorization: 'Basic eDp5' },
      { authorization: '' },
    ];
    for (const headers of wrong) {
      expect((await call('GET', '/api/v1/examples', { headers, auth: 'open' })).status).toBe(401);
    }
  });

  it('are taken from either header', async () => {
    const { headers, secret } = await bearer('either', ['inference']);
    expect((await call('GET', '/api/v1/examples', { headers })).status).toBe(200);
    expect((await call('GET', '/api/v1/examples', { headers: { 'x-api-key': secret } })).status).toBe(200);
  });

  it('without the scope are told which one is needed', async () => {
    const { headers } = await bearer('scope', ['chat', 'inference']);
    for (const path of ['/api/v1/keys', '/api/v1/audit']) {
      const answer = await call('GET', path, { headers });
      expect(answer.status).toBe(403);
      expect(problem.parse(answer.body).detail).toContain('`admin`');
    }
    const chat = await bearer('scope', ['chat']);
    expect((await call('GET', '/api/v1/examples', chat)).body.detail).toContain('`inference`');
    const admin = await bearer('scope', ['admin']);
    expect((await call('GET', '/api/v1/examples', admin)).status).toBe(200);
  });

  it('are held to their rate', async () => {
    const { headers } = await bearer('rate', ['inference'], 2);
    const app = server();
    const get = () => app.request('/api/v1/examples', { headers });
    const first = await get();
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([
      '2',
      '1',
    ]);
    await get();
    const third = await get();
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('30');
    expect(problem.parse(await third.json()).code).toBe('overloaded');
  });
});

describe('/api/v1/keys', () => {
  it('creates, lists and revokes, and the audit log tells', async () => {
    const { headers } = await bearer('life', ['admin']);
    const made = await call('POST', '/api/v1/keys', { headers, body: { name: ' phone ' } });
    expect(made.status).toBe(201);
    const key = createdKey.parse(made.body);
    expect(key).toMatchObject({ name: 'phone', scopes: ['inference'], ratePerMinute: null });
    expect(keyList.parse((await call('GET', '/api/v1/keys', { headers })).body).keys).toHaveLength(2);
    const revoked = await call('DELETE', `/api/v1/keys/${key.id}`, { headers });
    expect(apiKey.parse(revoked.body).revokedAt).not.toBeNull();
    const first = auditPage.parse((await call('GET', '/api/v1/audit?limit=2', { headers })).body);
    expect(first.entries.map((each) => each.action)).toEqual(['key.revoked', 'key.created']);
    const second = await call('GET', `/api/v1/audit?after=${first.next}`, { headers });
    expect(auditPage.parse(second.body)).toMatchObject({ entries: [{ actor: 'local' }], next: null });
  });

  it('answers a repeated Idempotency-Key with the same key, and another request with conflict', async () => {
    const { headers } = await bearer('again', ['admin']);
    const post = (name: string) =>
      call('POST', '/api/v1/keys', { headers: { ...headers, 'idempotency-key': 'k1' }, body: { name } });
    const [first, second, other] = [await post('a'), await post('a'), await post('b')];
    expect(second.body).toEqual({ ...first.body, secret: undefined });
    expect(other.status).toBe(409);
  });

  it('names each bad field', async () => {
    const { headers } = await bearer('bad', ['admin']);
    const answer = await call('POST', '/api/v1/keys', {
      headers,
      body: { name: '', scopes: ['root'], extra: 1 },
    });
    expect(answer.status).toBe(400);
    const pointers = problem.parse(answer.body).errors?.map((each) => each.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/name', '/scopes/0', '/extra']));
    expect((await call('GET', '/api/v1/audit?limit=1000', { headers })).status).toBe(400);
    expect((await call('GET', '/api/v1/audit?after=x', { headers })).body.errors[0].pointer).toBe('/after');
  });

  it('does not know the keys of another tenant', async () => {
    const [mine, theirs] = [await bearer('mine', ['admin']), await bearer('theirs', ['admin'])];
    const [key] = await keys.list('mine');
    expect((await call('DELETE', `/api/v1/keys/${key?.id}`, theirs)).status).toBe(404);
    expect((await call('GET', '/api/v1/keys', mine)).status).toBe(200);
  });
});

describe('/api/v1/examples', () => {
  it('are saved, listed and deleted', async () => {
    const { headers } = await bearer('examples', ['inference']);
    const body = { task: 'sentiment', title: 'Mine', text: 'Where is my parcel?' };
    const made = await call('POST', '/api/v1/examples', { headers, body });
    expect(made.status).toBe(201);
    const listed = exampleList.parse((await call('GET', '/api/v1/examples', { headers })).body);
    expect(listed.examples).toEqual([made.body]);
    const stranger = await bearer('stranger', ['inference']);
    expect((await call('DELETE', `/api/v1/examples/${made.body.id}`, stranger)).status).toBe(404);
    const removed = await call('DELETE', `/api/v1/examples/${made.body.id}`, { headers });
    expect([removed.status, removed.body]).toEqual([204, null]);
    expect((await call('DELETE', `/api/v1/examples/${made.body.id}`, { headers })).status).toBe(404);
  });

  it('are saved once for one Idempotency-Key', async () => {
    const { headers } = await bearer('once', ['inference']);
    const post = (title: string) =>
      call('POST', '/api/v1/examples', {
        headers: { ...headers, 'idempotency-key': 'e1' },
        body: { task: 'sentiment', title, text: 'Where is my parcel?' },
      });
    const [first, second, other] = [await post('a'), await post('a'), await post('b')];
    expect([first.status, second.status, other.status]).toEqual([201, 201, 409]);
    expect(second.body).toEqual(first.body);
    expect((await call('GET', '/api/v1/examples', { headers })).body.examples).toEqual([first.body]);
    await examples.remove('once', first.body.id);
    expect((await post('a')).status).toBe(409);
  });

  it('come with the demo once: what was deleted stays deleted', async () => {
    expect(await examples.loadDemo('demo')).toBe(true);
    const loaded = await examples.list('demo');
    expect(loaded.filter((each) => each.task === 'sentiment').length).toBeGreaterThanOrEqual(8);
    expect(loaded.filter((each) => each.task === 'embeddings').length).toBeGreaterThanOrEqual(4);
    for (const { id } of loaded) await examples.remove('demo', id);
    expect(await examples.loadDemo('demo')).toBe(false);
    expect(await examples.list('demo')).toEqual([]);
  });
});
