import { ArrowDownUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Filter } from '../inbox.ts';
import { presences } from '../live.ts';
import { useNames } from '../names.ts';
import type { InboxControl } from '../use-inbox.ts';
import { EmptyList } from './empty.tsx';
import { Entry } from './entry.tsx';
import { useHold } from './use-hold.ts';

interface ListProps {
  control: InboxControl;
  filter: Filter;
  current: string | undefined;
  onShowAll: () => void;
}

/** The conversations of a view. While somebody is about to choose one, the order stays and a pill says what would change. */
export function List({ control, filter, current, onShowAll }: ListProps) {
  const { inbox, error, retry, changed, refreshOrder, loadMore, loadingMore, moreError } = control;
  const box = useRef<HTMLDivElement>(null);
  const held = useHold(box);
  const name = useNames(filter.me);
  const present = presences.use();
  const empty = inbox?.shown.length === 0;
  useEffect(() => {
    if (changed > 0 && (!held || empty)) refreshOrder();
  }, [changed, held, empty, refreshOrder]);
  return (
    <div ref={box} className="relative min-h-0 grow overflow-y-auto">
      {changed > 0 && held && !empty && (
        <div className="sticky top-0 z-10 h-0 text-center">
          <Button
            size="small"
            variant="primary"
            className="mt-2 rounded-full shadow-float"
            onClick={refreshOrder}
          >
            <ArrowDownUp aria-hidden="true" /> {changed} changed, refresh order
          </Button>
        </div>
      )}
      {error && <ErrorState error={error} onRetry={retry} />}
      {!error && !inbox && <ListSkeleton />}
      {empty && <EmptyList filter={filter} onShowAll={onShowAll} />}
      {inbox && !empty && (
        <ul aria-label="Conversations">
          {inbox.shown.map((id) => {
            const entry = inbox.entries[id];
            return (
              entry && (
                <Entry
                  key={id}
                  entry={entry}
                  current={id === current}
                  me={filter.me}
                  name={name}
                  viewers={(present[id] ?? []).filter((agent) => agent.userId !== filter.me)}
                />
              )
            );
          })}
        </ul>
      )}
      {moreError !== undefined && <ErrorState error={moreError} />}
      {inbox?.next && (
        <div className="p-4 text-center">
          <Button size="small" disabled={loadingMore} onClick={() => void loadMore()}>
            {loadingMore ? 'Loading…' : 'Show older ones'}
          </Button>
        </div>
      )}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading the conversations</span>
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className="flex gap-3 border-line border-b px-4 py-3">
          <Skeleton className="size-9 rounded-full" />
          <div className="grow space-y-2.5 py-0.5">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-3.5 w-full" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
