import type { Scope } from '#contracts';

/** Who a request acts for. It comes from the credential alone, never from a body or a path. */
export interface Principal {
  tenant: string;
  /**
   * `local` on an open loopback port, otherwise `key:<id>`, `user:<id>` or `customer:<id>`; `anonymous:<address>` where
   * nobody needs a credential.
   */
  actor: string;
  scopes: readonly Scope[];
  /** Requests a minute this credential may make; null for no limit. */
  ratePerMinute: number | null;
  /** The person it is. `local` is one too; a key is nobody and acts for the company. */
  user: { id: string; name: string } | null;
  /** The customer it is, whose requests see through `withCustomer` what is theirs and no more. */
  customer: string | null;
}

/** The tenant of an installation that never made another. */
export const defaultTenant = 'default';

/** The id of the user who is whoever sits at this machine, where nobody needs a credential. */
export const localUserId = 'local';

/** True when the principal may do what `scope` covers; `admin` covers all. */
export function allows(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes('admin') || principal.scopes.includes(scope);
}
