import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createdInvitation, customerToken, problem, session, signInList, userList } from '#contracts';
import { type Account, startProvider, type TestProvider } from '../openid-provider.ts';
import { makeKey, startServer, type TestServer } from './server.ts';

// Passwords are expensive to work on, and a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const password = 'a long enough password';

/** A browser that stays on the pages of one server and keeps its cookies. */
class Browser {
  readonly #server: TestServer;
  readonly cookies = new Map<string, string>();
  /** The last `Set-Cookie` of each name, as it was said. */
  readonly said = new Map<string, string>();

  constructor(server: TestServer) {
    this.#server = server;
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map((each) => each.join('=')).join('; ');
    const response = await fetch(this.#server.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { origin: this.#server.url }),
        ...(cookie && { cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      this.said.set(name, each);
      if (/max-age=0/i.test(each)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  session = async () => session.parse(await (await this.ask('GET', '/api/v1/session')).json());
}

describe('a server that asks everybody for a credential', () => {
  let server: TestServer;
  let admin: { authorization: string };
  beforeAll(async () => {
    let secret = '';
    server = await startServer({ PARLANCE_AUTH: 'keys' }, async (config) => {
      secret = await makeKey(config);
    });
    admin = { authorization: `Bearer ${secret}` };
  });
  afterAll(() => server?.stop());

  async function invite(request: object): Promise<string> {
    const answer = await server.post('/api/v1/people/invitations', request, admin);
    expect(answer.status).toBe(201);
    return createdInvitation.parse(await answer.json()).token ?? '';
  }

  /** Somebody with these roles, in a browser of their own. */
  async function join(name: string, roles: string[]): Promise<Browser> {
    const token = await invite({ email: `${name}@shop.example`, roles });
    const browser = new Browser(server);
    const place = `/api/v1/people/invitations/${token}/accept`;
    expect(await (await browser.ask('GET', place)).json()).toMatchObject({ kind: 'join' });
    const accepted = await browser.ask('POST', place, { name, password });
    expect([accepted.status, session.parse(await accepted.json()).kind]).toEqual([200, 'user']);
    return browser;
  }

  test('lets somebody in by invitation, out, and in again with the password', async () => {
    const nobody = new Browser(server);
    expect(await nobody.session()).toEqual({ kind: 'none', user: null, scopes: [], openIdProvider: null });
    expect((await nobody.ask('GET', '/api/v1/people')).status).toBe(401);

    const ann = await join('ann', ['agent']);
    expect(ann.said.get('parlance_session')).toMatch(/; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await ann.session()).toMatchObject({
      kind: 'user',
      user: { name: 'ann', email: 'ann@shop.example', roles: ['agent'] },
      scopes: ['inference', 'chat', 'agent'],
    });
    expect((await ann.ask('POST', '/api/v1/sentiment', { input: 'hello' })).status).toBe(200);

    expect((await ann.ask('DELETE', '/api/v1/session')).status).toBe(204);
    expect(ann.cookies.size).toBe(0);
    expect((await ann.session()).kind).toBe('none');
    const wrong = await ann.ask('POST', '/api/v1/session', { email: 'ann@shop.example', password: 'wrong' });
    expect([wrong.status, problem.parse(await wrong.json()).code]).toEqual([401, 'unauthorized']);
    const right = await ann.ask(
      'POST',
      '/api/v1/session',
      { email: 'Ann@Shop.example', password },
      { 'x-forwarded-proto': 'https' },
    );
    expect(right.status).toBe(200);
    expect(ann.said.get('parlance_session')).toMatch(/; Secure; SameSite=Lax$/);
    expect((await ann.session()).user?.name).toBe('ann');
  });

  test('shows an agent who is there, and an admin how to reach them', async () => {
    const [agent, boss, labeller] = [
      await join('agent', ['agent']),
      await join('boss', ['admin']),
      await join('labeller', ['reviewer']),
    ];
    const list = async (browser: Browser) =>
      userList.parse(await (await browser.ask('GET', '/api/v1/people')).json()).users;
    const emailOf = async (browser: Browser) =>
      (await list(browser)).find((each) => each.name === 'boss')?.email;
    expect([await emailOf(agent), await emailOf(boss)]).toEqual([null, 'boss@shop.example']);
    expect((await list(agent)).find((each) => each.name === 'agent')?.email).toBe('agent@shop.example');
    expect((await agent.ask('GET', '/api/v1/teams')).status).toBe(200);
    expect((await labeller.ask('GET', '/api/v1/people')).status).toBe(403);

    const { id } = (await agent.session()).user ?? { id: '' };
    for (const [method, path, body] of [
      ['PATCH', `/api/v1/people/${id}`, { roles: ['admin'] }],
      ['POST', `/api/v1/people/${id}/reset`, {}],
      ['POST', '/api/v1/people/invitations', { email: 'x@shop.example' }],
      ['GET', '/api/v1/people/invitations', undefined],
      ['POST', '/api/v1/teams', { name: 'Mine' }],
    ] as const) {
      expect([path, (await agent.ask(method, path, body)).status]).toEqual([path, 403]);
    }
    const changed = await boss.ask('PATCH', `/api/v1/people/${id}`, { roles: ['agent', 'trainer'] });
    expect(changed.status).toBe(200);
    expect((await agent.session()).scopes).toEqual(['inference', 'chat', 'agent', 'train']);
    await boss.ask('PATCH', `/api/v1/people/${id}`, { disabled: true });
    expect((await agent.ask('GET', '/api/v1/people')).status).toBe(401);
  });

  test('ends a forgotten sign-in, and every one when the password changes', async () => {
    const [here, there] = [await join('bob', ['agent']), new Browser(server)];
    await there.ask('POST', '/api/v1/session', { email: 'bob@shop.example', password });
    const all = async () =>
      signInList.parse(await (await here.ask('GET', '/api/v1/session/sessions')).json()).sessions;
    const other = (await all()).find((each) => !each.current);
    expect((await here.ask('DELETE', `/api/v1/session/sessions/${other?.id}`)).status).toBe(204);
    expect((await there.session()).kind).toBe('none');

    await there.ask('POST', '/api/v1/session', { email: 'bob@shop.example', password });
    const before = here.cookies.get('parlance_session');
    const request = { current: password, password: 'the next password' };
    expect((await here.ask('PUT', '/api/v1/session/password', request)).status).toBe(204);
    expect(here.cookies.get('parlance_session')).not.toBe(before);
    expect([(await here.session()).kind, (await there.session()).kind]).toEqual(['user', 'none']);
    expect(await all()).toHaveLength(1);
  });

  test('takes no change from a page elsewhere, cookie or not', async () => {
    const boss = await join('careful', ['admin']);
    const cookie = `parlance_session=${boss.cookies.get('parlance_session')}`;
    const name = { name: 'Stolen' };
    const elsewhere: Record<string, string>[] = [{}, { origin: 'https://evil.example' }];
    for (const headers of elsewhere) {
      expect((await server.post('/api/v1/teams', name, { cookie, ...headers })).status).toBe(403);
    }
    expect((await server.post('/api/v1/teams', name, { cookie, origin: server.url })).status).toBe(201);
  });

  test('does not chat with strangers unasked; a key makes customers who see nothing but what is theirs', async () => {
    const refused = await server.post('/api/v1/customers', undefined);
    expect(refused.status).toBe(403);
    expect(problem.parse(await refused.json()).detail).toContain('PARLANCE_CUSTOMER_CHAT=on');
    const made = await server.post('/api/v1/customers', undefined, admin);
    expect(made.status).toBe(201);
    const { token } = customerToken.parse(await made.json());
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (path: string) => fetch(server.url + path, { headers });
    expect(session.parse(await (await ask('/api/v1/session')).json())).toMatchObject({
      kind: 'customer',
      user: null,
      scopes: ['chat'],
    });
    for (const path of ['/api/v1/people', '/api/v1/teams', '/api/v1/keys', '/api/v1/examples']) {
      expect([path, (await ask(path)).status]).toEqual([path, 403]);
    }
    const answer = await ask('/api/v1/session');
    expect(answer.headers.get('ratelimit-limit')).toBe('60');
  });

  test('says that no provider is set up', async () => {
    expect((await fetch(`${server.url}/api/v1/session/oidc/start`)).status).toBe(404);
  });
});

describe('a server that is open to this machine', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());

  test('takes whoever asks for its one user, who may invite others', async () => {
    const you = new Browser(server);
    const found = await you.session();
    expect(found).toMatchObject({ kind: 'local', user: { id: 'local', roles: ['admin'], email: null } });
    expect(found.scopes).toContain('admin');
    const made = await you.ask('POST', '/api/v1/people/invitations', { email: 'ann@shop.example' });
    const { token = '' } = createdInvitation.parse(await made.json());
    const ann = new Browser(server);
    await ann.ask('POST', `/api/v1/people/invitations/${token}/accept`, { name: 'Ann', password });
    expect(await ann.session()).toMatchObject({ kind: 'user', user: { name: 'Ann' } });
    expect((await you.ask('PUT', '/api/v1/session/password', { current: 'x', password })).status).toBe(403);
  });

  test('makes customers without being asked to', async () => {
    expect((await server.post('/api/v1/customers', undefined)).status).toBe(201);
  });
});

describe('with strangers welcome', () => {
  test('anybody becomes a customer of the first tenant', async () => {
    const server = await startServer({ PARLANCE_AUTH: 'keys', PARLANCE_CUSTOMER_CHAT: 'on' });
    const made = await server.post('/api/v1/customers', undefined);
    const { token } = customerToken.parse(await made.json());
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/api/v1/system`, { headers });
    expect((await answer.json()) as object).toMatchObject({
      principal: { tenant: 'default', scopes: ['chat'] },
    });
    await server.stop();
  });
});

describe('with an OpenID Connect provider', () => {
  let provider: TestProvider;
  let server: TestServer;
  let admin: { authorization: string };
  beforeAll(async () => {
    provider = await startProvider();
    let secret = '';
    const settings = {
      PARLANCE_AUTH: 'keys',
      PARLANCE_OIDC_ISSUER: provider.issuer,
      PARLANCE_OIDC_CLIENT_ID: provider.clientId,
      PARLANCE_OIDC_CLIENT_SECRET: provider.clientSecret,
      PARLANCE_OIDC_NAME: 'Example ID',
    };
    server = await startServer(settings, async (config) => {
      secret = await makeKey(config);
    });
    admin = { authorization: `Bearer ${secret}` };
  });
  afterAll(async () => {
    await server?.stop();
    await provider?.stop();
  });

  const account = (name: string, changes: Partial<Account> = {}): Account => ({
    email: `${name}@shop.example`,
    email_verified: true,
    name,
    ...changes,
  });
  const invite = (name: string) =>
    server.post('/api/v1/people/invitations', { email: `${name}@shop.example`, roles: ['agent'] }, admin);

  /** Where the provider sends a browser back to that began a sign-in. */
  async function visit(browser: Browser, who: Account): Promise<string> {
    const started = await browser.ask('GET', '/api/v1/session/oidc/start');
    expect(started.status).toBe(302);
    const back = await provider.visit(started.headers.get('location') ?? '', who);
    expect(back.origin).toBe(server.url);
    return back.pathname + back.search;
  }

  /** A whole sign-in; answers where the browser ends up. */
  async function signIn(browser: Browser, who: Account): Promise<string | null> {
    const landed = await browser.ask('GET', await visit(browser, who));
    return landed.headers.get('location');
  }

  test('an invited person joins and comes back, and the flow asks for all that guards it', async () => {
    await invite('ann');
    const ann = new Browser(server);
    expect((await ann.session()).openIdProvider).toBe('Example ID');
    const started = await ann.ask('GET', '/api/v1/session/oidc/start');
    const asked = new URL(started.headers.get('location') ?? '').searchParams;
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(ann.said.get('parlance_oidc')).toMatch(/Path=\/api\/v1\/session\/oidc; HttpOnly; SameSite=Lax/);

    expect(await signIn(ann, account('ann'))).toBe('/');
    expect(ann.cookies.has('parlance_oidc')).toBe(false);
    expect(await ann.session()).toMatchObject({ kind: 'user', user: { name: 'ann', roles: ['agent'] } });
    const { id } = (await ann.session()).user ?? {};
    const elsewhere = new Browser(server);
    expect(await signIn(elsewhere, account('ann', { email: 'Ann@Shop.example' }))).toBe('/');
    expect((await elsewhere.session()).user?.id).toBe(id);
    const change = { current: 'x', password };
    expect((await ann.ask('PUT', '/api/v1/session/password', change)).status).toBe(403);

    await server.running.services.people.users.change(
      { tenant: 'default', actor: 'test', user: null },
      id ?? '',
      { disabled: true },
    );
    expect(await signIn(new Browser(server), account('ann'))).toBe('/?sign-in=forbidden');
  });

  test('nobody else gets in: a stranger, an unverified address, an invitation of another tenant', async () => {
    await invite('bob');
    await server.running.services.people.invitations.create(
      { tenant: 'other', actor: 'test', user: null },
      { email: 'cat@shop.example', roles: ['admin'], teamIds: [] },
    );
    for (const who of [account('eve'), account('bob', { email_verified: false }), account('cat')]) {
      const browser = new Browser(server);
      expect(await signIn(browser, who)).toBe('/?sign-in=forbidden');
      expect((await browser.session()).kind).toBe('none');
    }
  });

  test('an answer counts once, in the browser that asked, with the state it asked with', async () => {
    await invite('dan');
    const dan = new Browser(server);
    const back = await visit(dan, account('dan'));
    const other = new Browser(server);
    expect((await other.ask('GET', back)).headers.get('location')).toBe('/?sign-in=timeout');
    await other.ask('GET', '/api/v1/session/oidc/start');
    expect((await other.ask('GET', back)).headers.get('location')).toBe('/?sign-in=provider_failed');
    const flow = dan.cookies.get('parlance_oidc') ?? '';
    expect((await dan.ask('GET', back)).headers.get('location')).toBe('/');
    dan.cookies.set('parlance_oidc', flow);
    expect((await dan.ask('GET', back)).headers.get('location')).toBe('/?sign-in=provider_failed');

    for (const part of ['state', 'nonce', 'verifier']) {
      const back = await visit(dan, account('dan'));
      const begun = JSON.parse(Buffer.from(dan.cookies.get('parlance_oidc') ?? '', 'base64url').toString());
      expect(begun[part]).toMatch(/^[\w-]{43}$/);
      const other = JSON.stringify({ ...begun, [part]: 'x'.repeat(43) });
      dan.cookies.set('parlance_oidc', Buffer.from(other).toString('base64url'));
      const landed = await dan.ask('GET', back);
      expect([part, landed.headers.get('location')]).toEqual([part, '/?sign-in=provider_failed']);
    }

    const denied = new Browser(server);
    await denied.ask('GET', '/api/v1/session/oidc/start');
    const said = await denied.ask('GET', '/api/v1/session/oidc/callback?error=access_denied');
    expect(said.headers.get('location')).toBe('/?sign-in=forbidden');
  });

  test('a provider that is away is said to be, and is found when it is back', async () => {
    const first = await startProvider();
    await first.stop();
    const settings = {
      PARLANCE_OIDC_ISSUER: first.issuer,
      PARLANCE_OIDC_CLIENT_ID: first.clientId,
      PARLANCE_OIDC_CLIENT_SECRET: first.clientSecret,
    };
    const other = await startServer(settings);
    const start = () => fetch(`${other.url}/api/v1/session/oidc/start`, { redirect: 'manual' });
    const answer = await start();
    expect([answer.status, problem.parse(await answer.json()).code]).toEqual([502, 'provider_failed']);
    const again = await startProvider(Number(new URL(first.issuer).port));
    expect((await start()).status).toBe(302);
    await other.stop();
    await again.stop();
  });
});
