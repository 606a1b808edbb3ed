import type { TaskName } from '#contracts';
import { apiKey } from '../api/session.ts';
import { createStore, recall, remember } from '../ui/store.ts';
import type { PlaygroundSearch } from './search.ts';
import type { Outcome } from './task.ts';

const storageKey = 'parlance.draft';

/** The text being worked on. It survives a reload of the tab and a look at another page. */
export const draft = createStore<string>(recall('sessionStorage', storageKey) ?? '');
draft.subscribe(() => remember('sessionStorage', storageKey, draft.get() || null));

/** The last outcome of each task, kept while other pages are looked at. */
export const outcomes = createStore<Partial<Record<TaskName, Outcome>>>({});

/** The settings the playground was left with. */
export const lastSearch = createStore<PlaygroundSearch>({});

// What one key was shown is not for the next to see.
apiKey.subscribe(() => {
  outcomes.set({});
  if (apiKey.get() === null) {
    draft.set('');
    lastSearch.set({});
  }
});
