import { type InboxView, inboxView } from '#contracts';

/** What the desk keeps in its address: which list, and the search. The conversation is in the path. */
export interface DeskSearch {
  view?: InboxView;
  closed?: true;
  q?: string;
}

export const views = inboxView.options;

export function deskSearch(search: Record<string, unknown>): DeskSearch {
  const { data: view } = inboxView.safeParse(search.view);
  return {
    view: view === 'all' ? undefined : view,
    closed: search.closed === true || undefined,
    q: typeof search.q === 'string' && search.q.trim() ? search.q.slice(0, 200) : undefined,
  };
}
