import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useEffect } from 'react';
import type { Source } from '#contracts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { passagesQuery } from '../queries.ts';
import { anchorOf, PassageBlock } from './passage.tsx';

/** The passages of a document in its order, the one the address names in view. */
export function Passages({ source }: { source: Source }) {
  const { data: passages, error, refetch } = useQuery(passagesQuery(source.id, source.updatedAt));
  const { hash } = useLocation();
  const there = passages?.some((passage) => anchorOf(passage) === hash);
  useEffect(() => {
    if (!there) return;
    const block = document.getElementById(hash);
    block?.scrollIntoView({ block: 'start' });
    block?.focus({ preventScroll: true });
  }, [hash, there]);
  return (
    <Panel>
      <PanelHeader title="Passages" hint="What the bot finds and quotes, in the order of the document" />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!passages && !error && <PassagesSkeleton />}
      {passages?.length === 0 && (
        <EmptyState icon={FileQuestion} title="No text was found in it">
          Scanned pages are pictures, which are not read yet. Add a version with a text layer.
        </EmptyState>
      )}
      {hash.startsWith('passage-') && passages && passages.length > 0 && !there && (
        <p role="status" className="border-line border-b bg-warning-soft px-4 py-2.5 text-warning sm:px-5">
          The passage you were sent to is not in it any more: the document was replaced since.
        </p>
      )}
      <div className="divide-y divide-line overflow-hidden rounded-b-xl">
        {passages?.map((passage) => (
          <PassageBlock key={passage.id} passage={passage} marked={anchorOf(passage) === hash} />
        ))}
      </div>
    </Panel>
  );
}

function PassagesSkeleton() {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">Loading the passages</span>
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key} className="space-y-2.5 px-4 py-4 sm:px-5">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-4 w-full max-w-xl" />
          <Skeleton className="h-4 w-4/5 max-w-lg" />
        </div>
      ))}
    </div>
  );
}
