import { type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessagesSquare, SquarePen } from 'lucide-react';
import type { Conversation } from '#contracts';
import { asCustomer, customerToken } from '../api/customer.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';

const historyKey = ['chat', 'list'] as const;

/** Lists the conversations again. A list still under way may be older than the change, and is not waited for. */
export async function listAgain(cache: QueryClient): Promise<void> {
  await cache.cancelQueries({ queryKey: historyKey });
  await cache.invalidateQueries({ queryKey: historyKey });
}

/** The conversations of this browser's customer, the latest first. */
export function History({ current, onChoose }: { current: string | undefined; onChoose?: () => void }) {
  const known = customerToken.use() !== null;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: historyKey,
    queryFn: ({ pageParam }) => asCustomer(({ conversations }) => conversations.list(pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // Who has not written yet is no customer yet, and need not become one for an empty list.
    enabled: known,
  });
  const all = data?.pages.flatMap((page) => page.conversations) ?? [];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="p-3">
        <Link to="/chat" onClick={onChoose} className={cx(buttonClass(), 'w-full max-sm:h-11')}>
          <SquarePen aria-hidden="true" /> New conversation
        </Link>
      </div>
      <nav aria-label="Your conversations" className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {error && <ErrorState error={error} onRetry={() => void refetch()} className="p-3" />}
        {known && !data && !error && <ListSkeleton />}
        {(!known || (data && all.length === 0)) && (
          <p className="flex flex-col items-center gap-2 px-4 py-8 text-center text-faint text-xs">
            <MessagesSquare className="size-5" aria-hidden="true" />
            What you ask is kept here, in this browser, to come back to.
          </p>
        )}
        <ul>
          {all.map((conversation) => (
            <Row
              key={conversation.id}
              conversation={conversation}
              current={conversation.id === current}
              onChoose={onChoose}
            />
          ))}
        </ul>
        {hasNextPage && (
          <div className="p-2 text-center">
            <Button size="small" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {isFetchingNextPage ? 'Loading…' : 'Show older ones'}
            </Button>
          </div>
        )}
      </nav>
    </div>
  );
}

function Row({
  conversation: { id, title, updatedAt, owner },
  current,
  onChoose,
}: {
  conversation: Conversation;
  current: boolean;
  onChoose?: () => void;
}) {
  return (
    <li>
      <Link
        to="/chat/$conversation"
        params={{ conversation: id }}
        aria-current={current ? 'page' : undefined}
        onClick={onChoose}
        className={cx(
          '-outline-offset-2 block rounded-lg px-3 py-2 max-sm:min-h-11',
          current ? 'bg-accent-soft' : 'hover:bg-sunken',
        )}
      >
        <span className="block truncate font-medium">{title || 'Conversation'}</span>
        <span className="flex gap-1.5 text-faint text-xs">
          <Time at={updatedAt} />
          {owner.kind === 'human' && <span>· with a person</span>}
          {owner.kind === 'closed' && <span>· closed</span>}
        </span>
      </Link>
    </li>
  );
}

function ListSkeleton() {
  return (
    <div role="status" className="space-y-4 p-3">
      <span className="sr-only">Loading your conversations</span>
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="space-y-2">
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}
