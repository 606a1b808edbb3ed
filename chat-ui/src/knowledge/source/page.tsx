import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, RefreshCw, Trash2 } from 'lucide-react';
import type { Source } from '#contracts';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Page } from '../../app/page.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { kinds } from '../kinds.ts';
import { sourceQuery } from '../queries.ts';
import { FileButton } from '../sources/file-button.tsx';
import { UploadPanel } from '../sources/upload-panel.tsx';
import { addFiles } from '../sources/uploads.ts';
import { StateBadge } from '../state-badge.tsx';
import { useRemoval } from '../use-removal.ts';
import { SourceFacts } from './facts.tsx';
import { Passages } from './passages.tsx';

function Heading({ source }: { source: Source }) {
  const editable = mayUse(useSession(), 'admin');
  const navigate = useNavigate();
  const removal = useRemoval();
  const remove = () => {
    removal.source(source);
    void navigate({ to: '/knowledge' });
  };
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="min-w-0 space-y-1.5">
        <StateBadge state={source.state} />
        <h2 className="break-words font-semibold text-2xl tracking-tight">{source.title}</h2>
        <p className="break-all font-mono text-[0.8125rem] text-faint">{source.name}</p>
      </div>
      {editable && (
        <div className="flex flex-wrap gap-2">
          <FileButton
            accept={kinds[source.kind].extensions.join(',')}
            onFiles={([chosen]) => chosen && addFiles([{ file: chosen.file, name: source.name }])}
          >
            <RefreshCw aria-hidden="true" /> Replace
          </FileButton>
          <Button onClick={remove}>
            <Trash2 aria-hidden="true" /> Delete
          </Button>
        </div>
      )}
    </div>
  );
}

/** One document of the knowledge base, whole. */
export function SourcePage() {
  const { source: id } = useParams({ from: '/knowledge/sources/$source' });
  const { data: source, error, refetch } = useQuery(sourceQuery(id));
  return (
    <Page>
      <Link to="/knowledge" className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden="true" /> All sources
      </Link>
      {error && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {!source && !error && (
        <div role="status" className="space-y-5">
          <span className="sr-only">Loading the source</span>
          <Skeleton className="h-8 w-72 max-w-full" />
          <Skeleton className="h-28 rounded-xl" />
          <Skeleton className="h-96 rounded-xl" />
        </div>
      )}
      {source && (
        <>
          <Heading source={source} />
          <UploadPanel />
          {source.problem && (
            <p role="alert" className="rounded-lg bg-negative-soft px-4 py-3 text-negative">
              {source.problem}
            </p>
          )}
          <Panel>
            <SourceFacts source={source} />
          </Panel>
          {source.state === 'reading' ? (
            <Panel className="p-5 text-muted">
              It is being read. Its passages appear here as soon as that is done.
            </Panel>
          ) : (
            (source.passages > 0 || source.state === 'ready') && <Passages source={source} />
          )}
        </>
      )}
    </Page>
  );
}
