import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The table of runs while it loads, row by row as tall as what comes. */
export function RunsSkeleton() {
  return (
    <Panel>
      <div role="status" className="divide-y divide-line">
        <span className="sr-only">Loading the runs</span>
        <div className="h-[2.0625rem]" />
        {Array.from({ length: 8 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
          <div key={row} className="flex items-start gap-4 px-4 py-3 md:h-[3.875rem] md:px-5">
            <Skeleton className="hidden h-5 w-20 md:block" />
            <div className="grow space-y-2">
              <Skeleton className="h-4 w-56 max-w-full" />
              <Skeleton className="h-3 w-40" />
              <Skeleton className="h-5 w-44 md:hidden" />
            </div>
            <Skeleton className="hidden h-4 w-44 md:block" />
            <Skeleton className="hidden h-4 w-28 md:block" />
            <Skeleton className="hidden h-4 w-24 lg:block" />
          </div>
        ))}
      </div>
    </Panel>
  );
}
