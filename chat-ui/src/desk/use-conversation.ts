import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Transcript } from '#contracts';
import { client } from '../api/client.ts';
import { caughtUp, conversationKey } from './live.ts';
import { reloaded, withChange, withOlder } from './transcript.ts';

/** One conversation with its notes, kept up to date by the desk's stream. */
export function useConversation(id: string) {
  const cache = useQueryClient();
  const key = conversationKey(id);
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const latest = await client().desk.get(id, undefined, { signal });
      const whole = reloaded(cache.getQueryData<Transcript>(key), latest);
      return caughtUp(whole, latest.cursor, (transcript, frame) =>
        frame.entry.id === id ? withChange(transcript, frame) : transcript,
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [loadingOlder, setLoadingOlder] = useState(false);
  const loadOlder = async () => {
    if (!data?.before || loadingOlder) return;
    setLoadingOlder(true);
    try {
      const older = await client().desk.get(id, data.before);
      cache.setQueryData<Transcript>(key, (now) => now && withOlder(now, older));
    } finally {
      setLoadingOlder(false);
    }
  };
  return { transcript: data, error, retry: () => void refetch(), loadOlder, loadingOlder };
}
