import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { client } from '../api/client.ts';
import { changedPlaces, type Filter, type Inbox, inboxOf, reordered, withFrame, withPage } from './inbox.ts';
import { caughtUp, inboxKey } from './live.ts';

const questionOf = ({ view, closed, search }: Filter) => ({ view, closed, search: search || undefined });

/** A list of the inbox, kept up to date by the desk's stream, and what can be done with it. */
export function useInbox(filter: Filter) {
  const cache = useQueryClient();
  const key = inboxKey(filter);
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await client().desk.list(questionOf(filter), { signal });
      return caughtUp(inboxOf(page), page.cursor, (inbox, frame) => withFrame(inbox, frame, filter));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreError, setMoreError] = useState<unknown>();
  const inbox = query.data;

  const loadMore = async () => {
    if (!inbox?.next) return;
    setLoadingMore(true);
    setMoreError(undefined);
    try {
      const page = await client().desk.list({ ...questionOf(filter), after: inbox.next });
      cache.setQueryData<Inbox>(key, (now) => now && withPage(now, page));
    } catch (error) {
      setMoreError(error);
    }
    setLoadingMore(false);
  };
  const { view, closed, search, me } = filter;
  const refreshOrder = useCallback(() => {
    const wanted = { view, closed, search, me };
    cache.setQueryData<Inbox>(inboxKey(wanted), (now) => now && reordered(now, wanted));
  }, [cache, view, closed, search, me]);

  return {
    inbox,
    error: query.error,
    retry: () => void query.refetch(),
    changed: inbox ? changedPlaces(inbox, filter) : 0,
    refreshOrder,
    loadMore,
    loadingMore,
    moreError,
  };
}

export type InboxControl = ReturnType<typeof useInbox>;
