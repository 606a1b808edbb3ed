import type { DeskFrame, InboxEntry, InboxPage, InboxView, Owner } from '#contracts';
import { asFact } from '../conversation/fact.ts';

export type ChangeFrame = Extract<DeskFrame, { kind: 'change' }>;

/** Which conversations are listed, and for whom. */
export interface Filter {
  view: InboxView;
  closed: boolean;
  search: string;
  /** The agent whose `mine` it is. */
  me: string;
}

/** The list as it is on the screen. What changes is told in its place; the order stays until it is asked for. */
export interface Inbox {
  shown: string[];
  entries: Record<string, InboxEntry>;
  counts: InboxPage['counts'];
  next: string | null;
  /** The last change that `counts` knows. */
  cursor: number;
}

const byId = (entries: InboxEntry[]) => Object.fromEntries(entries.map((entry) => [entry.id, entry]));

export const inboxOf = ({ entries, counts, next, cursor }: InboxPage): Inbox => ({
  shown: entries.map((entry) => entry.id),
  entries: byId(entries),
  counts,
  next,
  cursor,
});

/** The next page below what is shown. */
export function withPage(inbox: Inbox, page: InboxPage): Inbox {
  const known = new Set(inbox.shown);
  const added = page.entries.filter((entry) => !known.has(entry.id));
  return {
    ...inbox,
    shown: [...inbox.shown, ...added.map((entry) => entry.id)],
    entries: { ...byId(page.entries), ...inbox.entries },
    next: page.next,
  };
}

/** The views that list a conversation of this owner. */
export function viewsOf(owner: Owner, { closed, me }: Pick<Filter, 'closed' | 'me'>): InboxView[] {
  if ((owner.kind === 'closed') !== closed) return [];
  const views: InboxView[] = ['all'];
  if (owner.userId === me) views.push('mine');
  if (owner.kind === 'human' && owner.userId === null) views.push('unassigned');
  if (owner.kind === 'bot') views.push('bot');
  return views;
}

export const belongs = (entry: InboxEntry, filter: Filter): boolean =>
  viewsOf(entry.owner, filter).includes(filter.view);

/** A change of any conversation. Whether a new one matches a search only the server knows, so it waits for a reload. */
export function withFrame(inbox: Inbox, { cursor, event, entry }: ChangeFrame, filter: Filter): Inbox {
  const known = inbox.entries[entry.id];
  const newer = !known || entry.lastSeq >= known.lastSeq;
  const wanted = known !== undefined || (filter.search === '' && belongs(entry, filter));
  const counted = cursor > inbox.cursor;
  if (!counted && !(newer && wanted)) return inbox;
  return {
    ...inbox,
    entries: newer && wanted ? { ...inbox.entries, [entry.id]: entry } : inbox.entries,
    counts: counted ? countsAfter(inbox.counts, asFact(event), filter) : inbox.counts,
    cursor: Math.max(cursor, inbox.cursor),
  };
}

function countsAfter(
  counts: Inbox['counts'],
  fact: ReturnType<typeof asFact>,
  filter: Filter,
): Inbox['counts'] {
  const after = { ...counts };
  const add = (owner: Owner, by: number) => {
    for (const view of viewsOf(owner, filter)) after[view] = Math.max(0, after[view] + by);
  };
  if (fact?.type === 'conversation-opened') add({ kind: 'bot', userId: null, teamId: null }, 1);
  if (fact?.type === 'owner-changed') {
    add(fact.data.from, -1);
    add(fact.data.to, 1);
  }
  return after;
}

/** The order the list would have now: latest change first, without what has left the view. */
export function orderOf(inbox: Inbox, filter: Filter): string[] {
  return Object.values(inbox.entries)
    .filter((entry) => belongs(entry, filter))
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt) || (a.id < b.id ? 1 : -1))
    .map((entry) => entry.id);
}

/** How many entries would come, go or move if the order were refreshed. */
export function changedPlaces(inbox: Inbox, filter: Filter): number {
  const order = orderOf(inbox, filter);
  const here = new Set(inbox.shown);
  const there = new Set(order);
  const come = order.filter((id) => !here.has(id)).length;
  const stay = inbox.shown.filter((id) => there.has(id));
  const gone = inbox.shown.length - stay.length;
  // Whoever keeps their order among each other has not moved: all but the longest run of those.
  const places = order.filter((id) => here.has(id)).map((id) => stay.indexOf(id));
  return come + gone + (places.length - longestRise(places));
}

/** Length of the longest subsequence that rises (patience sorting). */
function longestRise(numbers: number[]): number {
  const tops: number[] = [];
  for (const number of numbers) {
    const at = tops.findIndex((top) => top >= number);
    tops[at < 0 ? tops.length : at] = number;
  }
  return tops.length;
}

/** The list in its new order. */
export function reordered(inbox: Inbox, filter: Filter): Inbox {
  const shown = orderOf(inbox, filter);
  return { ...inbox, shown, entries: byId(shown.flatMap((id) => inbox.entries[id] ?? [])) };
}
