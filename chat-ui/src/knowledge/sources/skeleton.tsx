import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The table of sources while it loads. */
export function SourcesSkeleton() {
  return (
    <Panel>
      <div role="status" className="divide-y divide-line">
        <span className="sr-only">Loading the sources</span>
        <div className="h-9" />
        {Array.from({ length: 8 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
          <div key={row} className="flex items-center gap-3 px-4 py-3 sm:px-5">
            <Skeleton className="size-[1.125rem] shrink-0" />
            <div className="grow space-y-2">
              <Skeleton className="h-4 w-56 max-w-full" />
              <Skeleton className="h-3 w-36" />
            </div>
            <Skeleton className="hidden h-4 w-20 md:block" />
            <Skeleton className="hidden h-4 w-16 md:block" />
            <Skeleton className="hidden h-5 w-16 md:block" />
          </div>
        ))}
      </div>
    </Panel>
  );
}
