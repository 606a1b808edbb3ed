import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { OpenIdFlow } from '../people/open-id.ts';
import { sessionDays } from '../people/sessions.ts';
import { isHttps } from './address.ts';

export const sessionCookie = 'parlance_session';
const flowCookie = 'parlance_oidc';
const flowPath = '/api/v1/session/oidc';

/** Scripts do not see it and other sites do not send it along, except by a link that leads here. */
const guarded = (c: Context) => ({ httpOnly: true, sameSite: 'Lax', secure: isHttps(c) }) as const;

/** The session's token as the browser keeps it; undefined when there is none. */
export const readSession = (c: Context): string | undefined => getCookie(c, sessionCookie);

/** The server ends a session when it was not used; the cookie only need not outlive it. */
export function keepSession(c: Context, token: string): void {
  setCookie(c, sessionCookie, token, { ...guarded(c), path: '/', maxAge: sessionDays.atMost * 86_400 });
}

export function dropSession(c: Context): void {
  deleteCookie(c, sessionCookie, { ...guarded(c), path: '/' });
}

const flow = z.object({ redirectUri: z.url(), state: z.string(), nonce: z.string(), verifier: z.string() });

/** Ten minutes to sign in at the provider, in the browser that began it. */
export function keepFlow(c: Context, begun: OpenIdFlow): void {
  const value = Buffer.from(JSON.stringify(begun)).toString('base64url');
  setCookie(c, flowCookie, value, { ...guarded(c), path: flowPath, maxAge: 600 });
}

/** What this browser began, once; undefined when it began nothing, or too long ago. */
export function takeFlow(c: Context): OpenIdFlow | undefined {
  const value = getCookie(c, flowCookie);
  deleteCookie(c, flowCookie, { ...guarded(c), path: flowPath });
  try {
    return flow.safeParse(JSON.parse(Buffer.from(value ?? '', 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
