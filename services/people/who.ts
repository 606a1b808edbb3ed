import { ParlanceError, type Session } from '#contracts';
import type { Principal } from '../principal.ts';
import type { People } from './index.ts';

/** Who a principal is, as a page shows it. */
export async function whoIs(
  { users, provider }: Pick<People, 'users' | 'provider'>,
  { tenant, actor, scopes, user, customer }: Principal,
): Promise<Session> {
  return {
    kind: user ? (actor === 'local' ? 'local' : 'user') : customer ? 'customer' : tenant ? 'key' : 'none',
    user: user && (await users.get(tenant, user.id).catch(withoutRecord)),
    scopes: [...scopes],
    openIdProvider: provider?.name ?? null,
  };
}

/** The person at this machine has none while there is no room to write. */
function withoutRecord(error: unknown): null {
  if (error instanceof ParlanceError && error.code === 'not_found') return null;
  throw error;
}
