import type { Context, MiddlewareHandler } from 'hono';
import { ParlanceError, type Scope, scopes } from '#contracts';
import type { KeyStore } from '../../identity/keys.ts';
import type { CustomerStore } from '../../people/customers.ts';
import type { SessionStore } from '../../people/sessions.ts';
import type { UserStore } from '../../people/users.ts';
import { allows, defaultTenant, localUserId, type Principal } from '../../principal.ts';
import { addressOf } from '../address.ts';
import { readSession } from '../cookies.ts';
import type { AppEnv } from '../env.ts';
import { mayUseCookie } from './same-origin.ts';

interface Credentials {
  auth: 'open' | 'keys';
  /** Clients of others cannot do without a key: where none is needed, one that cannot be ours counts as none. */
  placeholders?: boolean;
  keys: Pick<KeyStore, 'authenticate'>;
  /** Left out, keys are all there is to present. */
  people?: {
    users: Pick<UserStore, 'local'>;
    sessions: Pick<SessionStore, 'authenticate'>;
    customers: Pick<CustomerStore, 'authenticate'>;
  };
}

/** Who calls an open loopback port without a credential: the person at this machine. */
const local: Principal = {
  tenant: defaultTenant,
  actor: 'local',
  scopes,
  ratePerMinute: null,
  user: { id: localUserId, name: 'You' },
  customer: null,
};

/** What may be asked without a credential also where others need one: it is how one gets in. */
const waysIn = [
  /^(GET|POST|DELETE) \/api\/v1\/session$/,
  /^GET \/api\/v1\/session\/oidc\/(start|callback)$/,
  /^(GET|POST) \/api\/v1\/people\/invitations\/[^/]+\/accept$/,
  /^POST \/api\/v1\/customers$/,
];

/**
 * Puts the caller's principal on the request. It comes from `Authorization: Bearer plk_…` or `X-API-Key`, a customer's
 * `Bearer plc_…`, or the session's cookie. `open` lets a request without a credential in as `local`; one that presents a
 * credential must present a good one, or a client with a mistyped key would not notice until it goes to production. A
 * cookie comes along unasked, so one that is over counts as none. Throws `unauthorized`, and `forbidden` for a cookie
 * that another page may have sent.
 */
export function authenticate(settings: Credentials): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const secret = presented(c, settings);
    const found = secret === undefined ? withoutSecret(c, settings) : bySecret(secret, settings);
    c.set('principal', found instanceof Promise ? await found : found);
    await next();
  };
}

/** Lets a request through whose principal has one of the scopes; throws `forbidden` naming them otherwise. */
export function requireScope(...scopes: Scope[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!scopes.some((scope) => allows(c.get('principal'), scope))) {
      const named = scopes.map((scope) => `\`${scope}\``).join(' or ');
      throw new ParlanceError('forbidden', `This needs the scope ${named}, of an API key or of a role.`);
    }
    await next();
  };
}

/** Lets people through, and neither keys nor customers. Throws `forbidden`. */
export const requireUser: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!c.get('principal').user) throw new ParlanceError('forbidden', 'This is for people who are signed in.');
  await next();
};

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

/** What every secret of ours begins with. */
const ours = /^pl[a-z]_/;

function presented(c: Context<AppEnv>, { auth, placeholders }: Credentials): string | undefined {
  const header = c.req.header('authorization');
  const [scheme, bearer = ''] = header?.split(' ', 2) ?? [];
  const secret = header === undefined ? c.req.header('x-api-key') : bearer;
  if (secret === undefined || (placeholders && auth === 'open' && !ours.test(secret))) return undefined;
  if (header !== undefined && (scheme?.toLowerCase() !== 'bearer' || !secret)) {
    throw new ParlanceError('unauthorized', 'Send the API key as `Authorization: Bearer plk_…`.');
  }
  return secret;
}

function bySecret(secret: string, { keys, people }: Credentials): Principal | Promise<Principal> {
  const customer = people !== undefined && secret.startsWith('plc_');
  const found = customer ? people.customers.authenticate(secret) : keys.authenticate(secret);
  const admit = (principal: Principal | null) => {
    if (principal) return principal;
    throw customer
      ? new ParlanceError('unauthorized', "The customer's token is not valid: made up, or too old.")
      : new ParlanceError('unauthorized', 'The API key is not valid: unknown, revoked or expired.');
  };
  return found instanceof Promise ? found.then(admit) : admit(found);
}

async function withoutSecret(c: Context<AppEnv>, { auth, people }: Credentials): Promise<Principal> {
  const token = people && readSession(c);
  const user = token !== undefined && mayUseCookie(c) ? await people?.sessions.authenticate(token) : null;
  if (user) return user;
  if (auth === 'open') return (await people?.users.local()) ?? local;
  if (waysIn.some((way) => way.test(`${c.req.method} ${c.req.path}`))) return anonymous(c);
  throw new ParlanceError(
    'unauthorized',
    token === undefined
      ? 'An API key is needed: send it as `Authorization: Bearer plk_…`. Make one with `parlance keys create`.'
      : 'You are no longer signed in. Sign in again.',
  );
}

/** Nobody, with no tenant: whatever would touch one's rows fails. */
function anonymous(c: Context<AppEnv>): Principal {
  const actor = `anonymous:${addressOf(c)}`;
  return { tenant: '', actor, scopes: [], ratePerMinute: null, user: null, customer: null };
}
