import { describe, expect, it } from 'vitest';
import type { Principal } from '../../principal.ts';
import { respondWithError } from '../errors.ts';
import { newRouter } from '../router.ts';
import { authenticate } from './authenticate.ts';

const principal = (actor: string, changes: Partial<Principal> = {}): Principal => ({
  tenant: 't',
  actor,
  scopes: ['chat'],
  ratePerMinute: null,
  user: null,
  customer: null,
  ...changes,
});
const people = {
  users: { local: () => principal('local', { user: { id: 'local', name: 'Robin' } }) },
  sessions: { authenticate: (token: string) => (token === 'good' ? principal('user:ann') : null) },
  customers: { authenticate: (token: string) => (token === 'plc_good' ? principal('customer:c') : null) },
};
const keys = { authenticate: (secret: string) => (secret === 'plk_good' ? principal('key:k') : null) };

function app(auth: 'open' | 'keys', placeholders: boolean) {
  const router = newRouter();
  router.onError((error, c) => respondWithError(c, error));
  router.use(authenticate({ auth, placeholders, keys, people }));
  router.all('*', (c) => c.text(c.get('principal').actor));
  return router;
}

const host = 'chat.example';
const own = { origin: `https://${host}` };
const good = { cookie: 'theme=dark; parlance_session=good' };
const over = { cookie: 'parlance_session=over' };

/** Who the server takes the caller for, or the status of its refusal. */
async function who(
  method: string,
  headers: Record<string, string>,
  { auth = 'keys' as 'open' | 'keys', path = '/api/v1/people', placeholders = false } = {},
) {
  const answer = await app(auth, placeholders).request(`http://${host}${path}`, {
    method,
    headers: { host, ...headers },
  });
  return answer.ok ? await answer.text() : answer.status;
}

describe('a session', () => {
  it('counts for pages of this server, and for reading where the browser does not say which page asks', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'GET']) {
      expect([method, await who(method, { ...good, ...own })]).toEqual([method, 'user:ann']);
    }
    expect(await who('GET', good)).toBe('user:ann');
    expect(await who('POST', { ...good, 'sec-fetch-site': 'same-origin' })).toBe('user:ann');
  });

  it('makes no change for a page elsewhere, or for one that stays unnamed', async () => {
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `https://${host}:8443` },
      { origin: `https://${host}.evil.example` },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ];
    for (const auth of ['keys', 'open'] as const) {
      for (const headers of elsewhere) {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const asked = { method, ...headers };
          expect([asked, await who(method, { ...good, ...headers }, { auth })]).toEqual([asked, 403]);
        }
      }
    }
  });

  it('does not read for a page elsewhere that may call with a key', async () => {
    expect(await who('GET', { ...good, origin: 'https://shop.example' })).toBe(401);
  });

  it('that is over counts as none', async () => {
    expect(await who('GET', over)).toBe(401);
    expect(await who('GET', over, { path: '/api/v1/session' })).toMatch(/^anonymous:/);
    expect(await who('GET', over, { auth: 'open' })).toBe('local');
    expect(await who('POST', { ...over, ...own }, { auth: 'open' })).toBe('local');
  });

  it('stands back behind a credential that is presented, which must be good', async () => {
    const bearer = (secret: string) => ({ ...good, authorization: `Bearer ${secret}` });
    expect(await who('POST', bearer('plk_good'))).toBe('key:k');
    expect(await who('POST', bearer('plc_good'))).toBe('customer:c');
    for (const wrong of ['plk_bad', 'plc_bad', 'pls_bad', 'good']) {
      expect(await who('GET', bearer(wrong))).toBe(401);
      expect(await who('GET', bearer(wrong), { auth: 'open' })).toBe(401);
    }
    expect(await who('GET', { 'x-api-key': 'plc_good' })).toBe('customer:c');
  });
});

describe('a placeholder of a client that cannot do without a key', () => {
  const placeholders = ['Bearer none', 'Bearer sk-somebody', 'Bearer ', 'Basic bm9uZQ=='].map(
    (authorization): Record<string, string> => ({ authorization }),
  );

  it('counts for none where none is needed, unless it may be a key of ours', async () => {
    const open = { auth: 'open' as const, placeholders: true };
    for (const headers of [...placeholders, { 'x-api-key': 'none' }])
      expect([headers, await who('POST', headers, open)]).toEqual([headers, 'local']);
    expect(await who('POST', { authorization: 'Bearer plk_good' }, open)).toBe('key:k');
    expect(await who('POST', { authorization: 'Bearer plk_bad' }, open)).toBe(401);
    expect(await who('POST', { authorization: 'Bearer plc_bad' }, open)).toBe(401);
  });

  it('is a bad key where one is needed, and on routes of our own', async () => {
    for (const headers of placeholders) {
      expect(await who('POST', headers, { placeholders: true })).toBe(401);
      expect(await who('POST', headers, { auth: 'open' })).toBe(401);
    }
  });
});

describe('nobody', () => {
  it('is whoever sits at this machine where nothing is asked for', async () => {
    expect(await who('POST', {}, { auth: 'open' })).toBe('local');
  });

  it('may ask for a way in, and for nothing else', async () => {
    const ways = [
      'GET /api/v1/session',
      'POST /api/v1/session',
      'DELETE /api/v1/session',
      'GET /api/v1/session/oidc/start',
      'GET /api/v1/session/oidc/callback',
      'GET /api/v1/people/invitations/pli_x/accept',
      'POST /api/v1/people/invitations/pli_x/accept',
      'POST /api/v1/customers',
    ];
    for (const way of ways) {
      const [method = '', path = ''] = way.split(' ');
      expect([way, await who(method, {}, { path })]).toEqual([way, 'anonymous:']);
    }
    const others = [
      'GET /api/v1/people',
      'GET /api/v1/session/sessions',
      'PUT /api/v1/session/password',
      'POST /api/v1/session/oidc/start',
      'DELETE /api/v1/people/invitations/pli_x/accept',
      'GET /api/v1/people/invitations/a/b/accept',
      'POST /api/v1/people/invitations',
      'GET /api/v1/customers',
      'GET /x/api/v1/session',
      'GET /api/v1/session/',
    ];
    for (const other of others) {
      const [method = '', path = ''] = other.split(' ');
      expect([other, await who(method, {}, { path })]).toEqual([other, 401]);
    }
  });
});
