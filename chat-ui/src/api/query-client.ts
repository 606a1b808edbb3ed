import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asParlanceError } from '#contracts';
import { checkConnection, connection } from './connection.ts';
import { signInNeeded } from './session.ts';

/** What every failed call has in common: a refused caller is asked who they are, silence asks whether the server is there. */
function notice(error: unknown): void {
  const { code } = asParlanceError(error);
  if (code === 'unauthorized') signInNeeded.set(true);
  if (code === 'provider_failed') void checkConnection();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: notice }),
  defaultOptions: {
    // The client itself waits out an overloaded server; other failures are shown at once, with a retry button.
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

let before = connection.get();
connection.subscribe(() => {
  const now = connection.get();
  if (before === 'down' && now === 'up') void queryClient.invalidateQueries();
  before = now;
});
