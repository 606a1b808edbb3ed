import { Skeleton } from '../ui/skeleton.tsx';

/** The shape of a first result, so that nothing jumps when it comes. */
export function ResultSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Running</span>
      <div className="grid grid-cols-1 gap-x-10 gap-y-6 p-4 sm:grid-cols-2 sm:p-5">
        <div className="space-y-5">
          <div className="flex justify-between">
            <Skeleton className="h-9 w-32" />
            <Skeleton className="h-9 w-16" />
          </div>
          <Skeleton className="h-2.5 w-full" />
        </div>
        <div className="space-y-4 pt-1">
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-full" />
        </div>
      </div>
      <div className="space-y-3 border-line border-t p-4 sm:p-5">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-3/4" />
      </div>
    </div>
  );
}
