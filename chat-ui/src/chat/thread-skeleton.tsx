import { Skeleton } from '../ui/skeleton.tsx';

/** The shape of a conversation that is on its way. */
export function ThreadSkeleton() {
  return (
    <div role="status" className="space-y-8">
      <span className="sr-only">Loading the conversation</span>
      {['a', 'b'].map((key) => (
        <div key={key} className="space-y-6">
          <Skeleton className="ml-auto h-12 w-2/3 rounded-2xl" />
          <div className="flex gap-3">
            <Skeleton className="size-8 rounded-full" />
            <div className="grow space-y-2.5 pt-1">
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-5/6" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          </div>
        </div>
      ))}
    </div>
  );
}
