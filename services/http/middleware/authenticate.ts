import type { Context, MiddlewareHandler } from 'hono';
import { ParlanceError, type Scope, scopes } from '#contracts';
import type { KeyStore } from '../../identity/keys.ts';
import { allows, defaultTenant, localUserId, type Principal } from '../../principal.ts';
import type { AppEnv } from '../env.ts';

/** Who calls an open loopback port without a key: the person at this machine. */
const local: Principal = {
  tenant: defaultTenant,
  actor: 'local',
  scopes,
  ratePerMinute: null,
  user: { id: localUserId, name: 'You' },
  customer: null,
};

/**
 * Puts the caller's principal on the request, from `Authorization: Bearer plk_…` or `X-API-Key`. `open` lets a
 * request without a credential in as `local`; one that presents a credential must present a good one, or a client
 * with a mistyped key would not notice until it goes to production. Throws `unauthorized`.
 */
export function authenticate(settings: {
  auth: 'open' | 'keys';
  keys: Pick<KeyStore, 'authenticate'>;
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const secret = presented(c);
    if (secret !== undefined) {
      const found = settings.keys.authenticate(secret);
      const principal = found instanceof Promise ? await found : found;
      if (!principal) {
        throw new ParlanceError('unauthorized', 'The API key is not valid: unknown, revoked or expired.');
      }
      c.set('principal', principal);
    } else if (settings.auth === 'open') {
      c.set('principal', local);
    } else {
      throw new ParlanceError(
        'unauthorized',
        'An API key is needed: send it as `Authorization: Bearer plk_…`. Make one with `parlance keys create`.',
      );
    }
    await next();
  };
}

/** Lets a request through whose principal has the scope; throws `forbidden` naming it otherwise. */
export function requireScope(scope: Scope): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!allows(c.get('principal'), scope)) {
      throw new ParlanceError('forbidden', `This needs an API key with the scope \`${scope}\`.`);
    }
    await next();
  };
}

/**
 * Lets a request through that comes from the tenant the installation began with: for what concerns every tenant, which
 * no other may see. Throws `forbidden`.
 */
export const requireDefaultTenant: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.get('principal').tenant !== defaultTenant) {
    throw new ParlanceError(
      'forbidden',
      `This concerns every tenant: it needs a key of \`${defaultTenant}\`.`,
    );
  }
  await next();
};

function presented(c: Context<AppEnv>): string | undefined {
  const header = c.req.header('authorization');
  if (header === undefined) return c.req.header('x-api-key');
  const [scheme, secret] = header.split(' ', 2);
  if (scheme?.toLowerCase() !== 'bearer' || !secret) {
    throw new ParlanceError('unauthorized', 'Send the API key as `Authorization: Bearer plk_…`.');
  }
  return secret;
}
