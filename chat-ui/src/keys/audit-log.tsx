import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import type { AuditEntry } from '#contracts';
import { auditQuery } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';

function Entry({ entry }: { entry: AuditEntry }) {
  const detail = Object.entries(entry.detail);
  return (
    <li className="grid grid-cols-1 gap-x-6 gap-y-0.5 px-4 py-3 sm:grid-cols-[9rem_minmax(0,1fr)] sm:px-5">
      <span className="text-faint text-xs sm:pt-0.5">
        <Time at={entry.at} />
      </span>
      <div className="min-w-0">
        <p className="break-words">
          <span className="font-medium">{entry.action}</span>{' '}
          <span className="text-muted">
            {entry.target} by {entry.actor}
          </span>
        </p>
        {detail.length > 0 && (
          <p className="break-words font-mono text-faint text-xs">
            {detail
              .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join(' · ')}
          </p>
        )}
      </div>
    </li>
  );
}

/** Who changed what, newest first. */
export function AuditLog() {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(auditQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonBlock label="Loading the audit log" lines={6} />;
  const entries = data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return (
      <EmptyState icon={ScrollText} title="Nothing has been recorded yet">
        Creating and revoking keys and other changes appear here, with who made them and when.
      </EmptyState>
    );
  }
  return (
    <>
      <Panel>
        <ol className="divide-y divide-line">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      </Panel>
      {hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? 'Loading…' : 'Load older entries'}
          </Button>
        </div>
      )}
    </>
  );
}
