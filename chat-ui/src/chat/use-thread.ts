import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { asParlanceError, type Event } from '#contracts';
import { asCustomer } from '../api/customer.ts';
import { type Feed, subscribe } from '../api/subscription.ts';
import { drop, outgoingOf } from './outgoing.ts';
import { beginning, reloaded, sinceOf, type Thread, threadOf, withEvent, withOlder } from './thread.ts';

export const threadKey = (id: string) => ['chat', 'thread', id] as const;

/** The language a conversation begins in until the server has heard one. */
const ownLanguage = () => navigator.language.slice(0, 2).toLowerCase();

/** Begun on this page, and not yet known to the server as far as this page knows. */
const begun = new Set<string>();

/** The id of a conversation that its first message will open. */
export function beginConversation(): string {
  const id = crypto.randomUUID();
  begun.add(id);
  return id;
}

async function load(id: string, signal: AbortSignal): Promise<Thread> {
  const sent = outgoingOf(id).some((each) => each.state === 'sent');
  if (begun.has(id) && !sent && outgoingOf(id).length > 0) return beginning(id, ownLanguage());
  try {
    return await asCustomer(async ({ conversations }) => {
      const conversation = await conversations.get(id, { signal });
      const page = await conversations.messages(id, undefined, { signal });
      return threadOf(conversation, page);
    });
  } catch (error) {
    // The message that opens it is still on its way.
    const { code } = asParlanceError(error);
    if (code === 'not_found' && outgoingOf(id).length > 0) return beginning(id, ownLanguage());
    throw error;
  }
}

/** A conversation of this browser's customer, followed by its events. */
export function useThread(id: string) {
  const cache = useQueryClient();
  const key = threadKey(id);
  const {
    data: thread,
    error,
    refetch,
  } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => reloaded(cache.getQueryData<Thread>(key), await load(id, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  const [feed, setFeed] = useState<Feed>();
  const stored = thread?.stored ?? false;

  useEffect(() => {
    const now = cache.getQueryData<Thread>(threadKey(id));
    if (!stored || !now) return;
    const subscription = subscribe({
      cursor: sinceOf(now),
      open: (cursor, signal) =>
        asCustomer(({ conversations }) => conversations.events(id, cursor, { signal })),
      onEvent: ({ data }) => {
        const event = JSON.parse(data) as Event;
        cache.setQueryData<Thread>(threadKey(id), (known) => known && withEvent(known, event));
      },
    });
    const unlisten = subscription.feed.subscribe(() => setFeed(subscription.feed.get()));
    setFeed(subscription.feed.get());
    return () => {
      unlisten();
      subscription.stop();
    };
  }, [cache, id, stored]);

  /** The server has its first message: from here on its events say what is in it. */
  const markStored = () => cache.setQueryData<Thread>(key, (known) => known && { ...known, stored: true });

  const messages = thread?.messages;
  // Only once they are shown as part of the conversation: before, they would be gone for a moment.
  useEffect(() => {
    if (messages) drop(...messages.map((message) => message.id));
  }, [messages]);

  const [loadingOlder, setLoadingOlder] = useState(false);
  const loadOlder = async () => {
    if (!thread?.before || loadingOlder) return;
    const { before } = thread;
    setLoadingOlder(true);
    try {
      const page = await asCustomer(({ conversations }) => conversations.messages(id, before));
      cache.setQueryData<Thread>(threadKey(id), (known) => known && withOlder(known, page));
    } finally {
      setLoadingOlder(false);
    }
  };
  return { thread, error, reload: () => void refetch(), markStored, feed, loadOlder, loadingOlder };
}
