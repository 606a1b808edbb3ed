import { Skeleton } from '../../ui/skeleton.tsx';

/** The page of a run while it loads. */
export function RunSkeleton() {
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">Loading the run</span>
      <div className="space-y-2">
        <Skeleton className="h-8 w-72 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Skeleton className="h-96 rounded-xl" />
        <Skeleton className="h-96 rounded-xl" />
      </div>
      <Skeleton className="h-96 rounded-xl" />
    </div>
  );
}
