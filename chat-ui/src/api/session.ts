import type { Scope, Session } from '#contracts';
import { createStore, recall, remember } from '../ui/store.ts';

const storageKey = 'parlance.api-key';

/** The API key of this browser tab. Kept in sessionStorage: it goes with the tab and other tabs do not see it. */
export const apiKey = createStore<string | null>(recall('sessionStorage', storageKey));
apiKey.subscribe(() => remember('sessionStorage', storageKey, apiKey.get()));

/** The error code with which a sign-in at the provider came back. Read once, before the router tidies the address. */
export const signInFailure = new URLSearchParams(window.location.search).get('sign-in');

/** True once a call was answered 401 or the visitor asks to come in as someone else, until somebody is signed in. */
export const signInNeeded = createStore(signInFailure !== null);

/** Whether somebody may do what a scope covers. While nobody knows who it is, the server has the last word anyway. */
export const mayUse = (session: Session | undefined, scope: Scope): boolean =>
  !session || session.scopes.includes('admin') || session.scopes.includes(scope);
