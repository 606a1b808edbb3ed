import { useInfiniteQuery } from '@tanstack/react-query';
import type { Batch } from '#contracts';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { batchErrorsQuery } from './use-batches.ts';

/** The rows of a job that failed, and why. */
export function ErrorsSheet({ job, onClose }: { job: Batch; onClose: () => void }) {
  const list = useInfiniteQuery(batchErrorsQuery(job.id));
  const errors = list.data?.pages.flatMap((page) => page.errors);
  return (
    <Sheet open onOpenChange={onClose} title={`Rows of ${job.file.name} that failed`}>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!errors && !list.error && <SkeletonBlock label="Loading the rows" lines={6} />}
      <ul className="divide-y divide-line">
        {errors?.map(({ row, text, error }) => (
          <li key={row} className="space-y-1 px-5 py-3">
            <p className="figures text-faint text-xs">Row {formatCount(row)}</p>
            <p className="break-words">{error.detail}</p>
            {text?.trim() && <p className="line-clamp-2 break-words text-muted text-xs">{text}</p>}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="p-5">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Sheet>
  );
}
