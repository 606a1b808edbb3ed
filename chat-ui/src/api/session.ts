import { createStore, recall, remember } from '../ui/store.ts';

const storageKey = 'parlance.api-key';

/** The API key of this browser tab. Kept in sessionStorage: it goes with the tab and other tabs do not see it. */
export const apiKey = createStore<string | null>(recall('sessionStorage', storageKey));
apiKey.subscribe(() => remember('sessionStorage', storageKey, apiKey.get()));

/** True once a call was answered 401, until a key is accepted. */
export const signInNeeded = createStore(false);
