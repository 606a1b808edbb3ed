import { Panel } from './panel.tsx';
import { Skeleton } from './skeleton.tsx';

/** Rows of two lines with something before them, while they load. */
export function RowsSkeleton({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <Panel>
      <div role="status" className="divide-y divide-line">
        <span className="sr-only">{label}</span>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
          <div key={row} className="flex items-center gap-3.5 px-4 py-3.5 sm:px-5">
            <Skeleton className="size-9 shrink-0 rounded-full" />
            <div className="grow space-y-2">
              <Skeleton className="h-4 w-36" />
              <Skeleton className="h-3 w-52 max-w-full" />
            </div>
            <Skeleton className="hidden h-5 w-20 sm:block" />
          </div>
        ))}
      </div>
    </Panel>
  );
}
