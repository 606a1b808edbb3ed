import { useInfiniteQuery } from '@tanstack/react-query';
import { BookOpenText, SearchX, Upload } from 'lucide-react';
import { useState } from 'react';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { sourcesQuery } from '../queries.ts';
import { useRemoval } from '../use-removal.ts';
import { DropZone } from './drop-zone.tsx';
import { FileButton } from './file-button.tsx';
import { SourceFilters } from './filters.tsx';
import { SourcesSkeleton } from './skeleton.tsx';
import { SourceTable } from './table.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { addFiles, uploads } from './uploads.ts';

interface SourcesTabProps {
  query: string;
  language: string | undefined;
  onFilter: (filter: { q?: string; lang?: string }) => void;
}

/** The documents the bot answers from. */
export function SourcesTab({ query, language, onFilter }: SourcesTabProps) {
  const editable = mayUse(useSession(), 'admin');
  // The address follows what is typed; the box itself must not wait for it.
  const [typed, setTyped] = useState(query);
  const filter = { query: useDebounced(typed).trim() || undefined, language };
  const list = useInfiniteQuery(sourcesQuery(filter));
  const removal = useRemoval();
  const filtered = filter.query !== undefined || language !== undefined;
  const sources = list.data?.pages.flatMap((page) => page.sources);
  const empty = sources?.length === 0;
  const uploading = uploads.use().length > 0;
  const type = (q: string) => {
    setTyped(q);
    onFilter({ q: q || undefined, lang: language });
  };
  const showAll = () => {
    setTyped('');
    onFilter({});
  };
  const body = (
    <>
      {(!empty || filtered) && !list.error && (
        <div className="mb-4">
          <SourceFilters
            query={typed}
            language={language}
            onQuery={type}
            onLanguage={(lang) => onFilter({ q: typed || undefined, lang })}
          />
        </div>
      )}
      <UploadPanel />
      {list.error && (
        <Panel>
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        </Panel>
      )}
      {!sources && !list.error && <SourcesSkeleton />}
      {sources && !empty && (
        <Panel className={cx('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
          <SourceTable sources={sources} editable={editable} onDelete={removal.source} />
        </Panel>
      )}
      {empty && filtered && (
        <Panel>
          <EmptyState
            icon={SearchX}
            title="No source fits"
            action={<Button onClick={showAll}>Show all sources</Button>}
          >
            Neither title nor file nor section contains it{language && ' in this language'}. To look inside
            the texts, use Search.
          </EmptyState>
        </Panel>
      )}
      {empty && !filtered && !uploading && <NoSources editable={editable} />}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
          </Button>
        </div>
      )}
    </>
  );
  return editable ? <DropZone onFiles={addFiles}>{body}</DropZone> : body;
}

function NoSources({ editable }: { editable: boolean }) {
  return (
    <Panel className="border-dashed">
      <EmptyState
        icon={BookOpenText}
        title="The bot knows nothing yet"
        action={
          editable && (
            <FileButton variant="primary" multiple onFiles={addFiles}>
              <Upload aria-hidden="true" /> Add documents
            </FileButton>
          )
        }
      >
        {editable
          ? 'Drop help articles, manuals or price lists here: Markdown, HTML, text, Word or PDF, also whole folders. The bot answers from them and names the passage; what they do not say, it does not say.'
          : 'As soon as an admin adds documents, the bot answers from them.'}
      </EmptyState>
    </Panel>
  );
}
