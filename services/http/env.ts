import type { Principal } from '../principal.ts';

/** What middleware has put on the request by the time a handler runs. */
export interface AppEnv {
  Variables: { requestId: string; principal: Principal };
}
