import type { Session } from '#contracts';
import { sessionQuery } from './queries.ts';
import { queryClient } from './query-client.ts';

const whoIs = (session: Session | undefined): string | null => {
  if (!session || session.kind === 'none') return null;
  return session.user?.id ?? session.kind;
};

/**
 * Starts the page afresh once somebody else has come in, here or in another tab: what the one before wrote and read is
 * still in its memory. The same person again, after their sign-in was over, goes on where they were.
 */
export function watchWhoIsHere(): void {
  let known = whoIs(queryClient.getQueryData(sessionQuery.queryKey));
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== sessionQuery.queryKey[0]) return;
    const now = whoIs(query.state.data as Session | undefined);
    if (now === null || now === known) return;
    if (known !== null) window.location.reload();
    known = now;
  });
}
