import type { DeskFrame, DeskResult, InboxEntry, Presence, Transcript } from '#contracts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { type Feed, subscribe } from '../api/subscription.ts';
import { createStore } from '../ui/store.ts';
import { type ChangeFrame, type Filter, type Inbox, withFrame } from './inbox.ts';
import { withChange } from './transcript.ts';

/** How the desk stands with its stream; null while it is not followed. */
export const deskFeed = createStore<Feed | null>(null);

/** Who is at which conversation. */
export const presences = createStore<Record<string, Presence['agents']>>({});

const inboxes = ['desk', 'inbox'] as const;
const conversations = ['desk', 'conversation'] as const;
export const inboxKey = (filter: Filter) => [...inboxes, filter] as const;
export const conversationKey = (id: string) => [...conversations, id] as const;

/** Changes kept for what is being loaded while they come. */
const kept = 500;
let recent: ChangeFrame[] = [];
let wanted = false;
let since = Number.POSITIVE_INFINITY;
let stop = () => {};
const listeners = new Set<(frame: ChangeFrame) => void>();

/** Calls `onChange` with every change of any conversation until the returned function is called. */
export function listen(onChange: (frame: ChangeFrame) => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

/** Follows the desk's stream, from what is loaded first, until the returned function is called. */
export function openDesk(): () => void {
  wanted = true;
  return () => {
    wanted = false;
    stop();
    recent = [];
    since = Number.POSITIVE_INFINITY;
    deskFeed.set(null);
    presences.set({});
    // What is kept for a return to the page is old by then.
    void queryClient.invalidateQueries({ queryKey: ['desk'], refetchType: 'none' });
  };
}

/** What was loaded, with the changes that came while it was on its way; and the stream, if it does not reach back so far. */
export function caughtUp<T>(loaded: T, cursor: number, apply: (value: T, frame: ChangeFrame) => T | null): T {
  if (wanted && cursor < since) follow(cursor);
  return recent
    .filter((frame) => frame.cursor > cursor)
    .reduce((value, frame) => apply(value, frame) ?? value, loaded);
}

function follow(cursor: number): void {
  stop();
  since = cursor;
  const open = (at: number, signal: AbortSignal) => client().desk.events(at, { signal });
  const onEvent = ({ data }: { data: string }) => receive(JSON.parse(data) as DeskFrame);
  // A new stream begins by saying who is where; whoever left meanwhile is in none of it.
  const onOpen = () => presences.set({});
  const subscription = subscribe({ cursor, open, onOpen, onEvent });
  const unlisten = subscription.feed.subscribe(() => deskFeed.set(subscription.feed.get()));
  deskFeed.set(subscription.feed.get());
  stop = () => {
    unlisten();
    subscription.stop();
  };
}

function receive(frame: DeskFrame): void {
  if (frame.kind === 'presence') {
    const { conversationId, agents } = frame.presence;
    presences.set({ ...presences.get(), [conversationId]: agents });
    return;
  }
  if (frame.kind === 'resync') {
    recent = [];
    void queryClient.invalidateQueries({ queryKey: ['desk'] });
    return;
  }
  const seen = recent.at(-1)?.cursor ?? 0;
  if (frame.cursor > seen) recent = [...recent.slice(1 - kept), frame];
  for (const [key, inbox] of queryClient.getQueriesData<Inbox>({ queryKey: inboxes })) {
    if (inbox) queryClient.setQueryData(key, withFrame(inbox, frame, key[2] as Filter));
  }
  const key = conversationKey(frame.entry.id);
  const transcript = queryClient.getQueryData<Transcript>(key);
  const changed = transcript && withChange(transcript, frame);
  if (changed) queryClient.setQueryData(key, changed);
  else if (transcript) void queryClient.invalidateQueries({ queryKey: key });
  if (frame.cursor > seen) for (const listener of listeners) listener(frame);
}

/** Shows a conversation as a command has left it, before the stream tells. */
export function showResult({ entry }: DeskResult): void {
  const newer = (known: InboxEntry | undefined) => known !== undefined && known.lastSeq <= entry.lastSeq;
  for (const [key, inbox] of queryClient.getQueriesData<Inbox>({ queryKey: inboxes })) {
    if (inbox && newer(inbox.entries[entry.id])) {
      queryClient.setQueryData(key, { ...inbox, entries: { ...inbox.entries, [entry.id]: entry } });
    }
  }
  queryClient.setQueryData<Transcript>(conversationKey(entry.id), (transcript) =>
    transcript && newer(transcript.entry) ? { ...transcript, entry } : transcript,
  );
}
