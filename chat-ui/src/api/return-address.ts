import { recall, remember } from '../ui/store.ts';
import { signInFailure } from './session.ts';

const storageKey = 'parlance.return-address';

/** Remembers where somebody is who leaves for the provider, which sends everybody back to `/`. */
export function keepAddress(): void {
  const { pathname, search, hash } = window.location;
  remember('sessionStorage', storageKey, pathname + search + hash);
}

const kept = recall('sessionStorage', storageKey);
remember('sessionStorage', storageKey, null);
// Before the router reads the address: `main.tsx` imports this file first.
if (kept?.startsWith('/') && window.location.pathname === '/' && signInFailure === null) {
  window.history.replaceState(null, '', kept);
}
