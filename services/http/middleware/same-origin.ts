import type { Context } from 'hono';
import { ParlanceError } from '#contracts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether an `Origin` is the very server that is asked under the name `host`. */
export function isSameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/**
 * Whether the session's cookie counts. A browser sends it along whichever page asks, so it does for pages of this server,
 * and for what changes nothing also where the browser does not say which page it was. Throws `forbidden` for a change that
 * does not come from a page of this server: it would be made in the name of somebody who does not know of it.
 */
export function mayUseCookie(c: Context): boolean {
  const origin = c.req.header('origin');
  const changes = !safe.has(c.req.method);
  const own =
    origin === undefined
      ? !changes || c.req.header('sec-fetch-site') === 'same-origin'
      : isSameOrigin(origin, c.req.header('host') ?? '');
  if (!own && changes) {
    throw new ParlanceError(
      'forbidden',
      'A session may make changes from the pages of this server only. Programs use an API key.',
    );
  }
  return own;
}
