import type { Scope } from '#contracts';

/** Who a request acts for. It comes from the credential alone, never from a body or a path. */
export interface Principal {
  tenant: string;
  /** `local` on an open loopback port, otherwise `key:<id>`. */
  actor: string;
  scopes: readonly Scope[];
  /** Requests a minute this credential may make; null for no limit. */
  ratePerMinute: number | null;
}

/** The tenant of an installation that never made another. */
export const defaultTenant = 'default';

/** True when the principal may do what `scope` covers; `admin` covers all. */
export function allows(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes('admin') || principal.scopes.includes(scope);
}
