import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  asParlanceError,
  changePasswordRequest,
  ParlanceError,
  recordId,
  session,
  signInList,
  signInRequest,
} from '#contracts';
import type { People } from '../../people/index.ts';
import { whoIs } from '../../people/who.ts';
import { addressOf, ownOrigin } from '../address.ts';
import { dropSession, keepFlow, keepSession, readSession, takeFlow } from '../cookies.ts';
import type { AppEnv } from '../env.ts';
import { requireUser } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const base = '/api/v1/session';
/** Whoever asks here may have no credential yet. */
const open = { tags: ['session'], security: [{}] };
const signedIn = { tags: ['session'], middleware: requireUser };

const read = createRoute({
  ...open,
  method: 'get',
  path: base,
  summary: 'Who the caller is',
  responses: {
    200: { description: 'Also for a caller who is nobody yet', content: json(session) },
    ...problemResponses(),
  },
});

const signIn = createRoute({
  ...open,
  method: 'post',
  path: base,
  summary: 'Sign in with a password',
  description: 'The answer sets a cookie, which counts for pages of this server. Programs use API keys.',
  request: { body: { content: json(signInRequest), required: true } },
  responses: {
    200: { description: 'Who is signed in', content: json(session) },
    ...problemResponses('too_large', 'storage_full'),
  },
});

const signOut = createRoute({
  ...open,
  method: 'delete',
  path: base,
  summary: 'Sign out',
  responses: { 204: { description: 'Nobody is signed in here' }, ...problemResponses('storage_full') },
});

const list = createRoute({
  ...signedIn,
  method: 'get',
  path: `${base}/sessions`,
  summary: 'Where the caller is signed in',
  responses: {
    200: { description: 'Latest first', content: json(signInList) },
    ...problemResponses(),
  },
});

const end = createRoute({
  ...signedIn,
  method: 'delete',
  path: `${base}/sessions/{id}`,
  summary: 'Sign out somewhere else',
  request: { params: z.object({ id: recordId }) },
  responses: {
    204: { description: 'It is over' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const changePassword = createRoute({
  ...signedIn,
  method: 'put',
  path: `${base}/password`,
  summary: 'Change the own password',
  description: 'Ends every session of the caller; the answer sets the cookie of a new one.',
  request: { body: { content: json(changePasswordRequest), required: true } },
  responses: {
    204: { description: 'It is changed' },
    ...problemResponses('too_large', 'storage_full'),
  },
});

const openIdStart = createRoute({
  ...open,
  method: 'get',
  path: `${base}/oidc/start`,
  summary: 'Sign in at the OpenID Connect provider',
  description:
    'A page leads the browser here; it comes back to `/` signed in, or to `/?sign-in=<error code>`.',
  responses: {
    302: { description: 'To the provider' },
    ...problemResponses('not_found', 'provider_failed'),
  },
});

const openIdCallback = createRoute({
  ...open,
  method: 'get',
  path: `${base}/oidc/callback`,
  summary: 'Where the provider sends the browser back to',
  responses: { 302: { description: 'To the page' }, ...problemResponses('not_found') },
});

/** Signing in and out, and what a person does with their own sign-ins. */
export function sessionRoutes({ people }: { people: People }) {
  return newRouter()
    .openapi(read, async (c) => c.json(await whoIs(people, c.get('principal')), 200))
    .openapi(signIn, async (c) => {
      const token = await people.passwords.signIn(c.req.valid('json'), deviceOf(c));
      return c.json(await begin(c, people, token), 200);
    })
    .openapi(signOut, async (c) => {
      await people.sessions.signOut(readSession(c) ?? '');
      dropSession(c);
      return c.body(null, 204);
    })
    .openapi(list, async (c) =>
      c.json({ sessions: await people.sessions.list(c.get('principal'), readSession(c)) }, 200),
    )
    .openapi(end, async (c) => {
      await people.sessions.end(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(changePassword, async (c) => {
      const request = c.req.valid('json');
      keepSession(c, await people.passwords.changePassword(c.get('principal'), request, deviceOf(c)));
      return c.body(null, 204);
    })
    .openapi(openIdStart, async (c) => {
      const { url, flow } = await providerOf(people).start(`${ownOrigin(c)}${openIdCallback.path}`);
      keepFlow(c, flow);
      return c.redirect(url, 302);
    })
    .openapi(openIdCallback, async (c) => c.redirect(await comeBack(c, people), 302));
}

/** Keeps the session in the browser and says whose it is. */
export async function begin(c: Context<AppEnv>, people: People, token: string) {
  const principal = await people.sessions.authenticate(token);
  if (!principal) throw new ParlanceError('unauthorized', 'You were signed out at the same moment.');
  keepSession(c, token);
  return await whoIs(people, principal);
}

/** Where a request comes from. */
export const deviceOf = (c: Context<AppEnv>) => ({
  address: addressOf(c),
  userAgent: c.req.header('user-agent') ?? '',
});

function providerOf({ provider }: People): NonNullable<People['provider']> {
  if (!provider) throw new ParlanceError('not_found', 'No sign-in provider is set up: PARLANCE_OIDC_ISSUER.');
  return provider;
}

/** Here a browser waits for a page: a failure is told by the page it goes back to. */
async function comeBack(c: Context<AppEnv>, people: People): Promise<string> {
  const provider = providerOf(people);
  const flow = takeFlow(c);
  if (!flow) return '/?sign-in=timeout';
  try {
    const identity = await provider.finish(new URL(c.req.url).search, flow);
    keepSession(c, await provider.signIn(identity, deviceOf(c)));
    return '/';
  } catch (error) {
    return `/?sign-in=${asParlanceError(error).code}`;
  }
}
