import { useInfiniteQuery } from '@tanstack/react-query';
import { FileUp, ListChecks } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Page } from '../app/page.tsx';
import { DropZone } from '../knowledge/sources/drop-zone.tsx';
import type { NamedFile } from '../knowledge/sources/dropped.ts';
import { FileButton } from '../knowledge/sources/file-button.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { acceptedRows } from './preview.ts';
import { BatchRow } from './row.tsx';
import { StartDialog } from './start-dialog.tsx';
import { batchesQuery } from './use-batches.ts';

/** Long jobs: one task over every row of a file. */
export function BatchesPage() {
  const list = useInfiniteQuery(batchesQuery);
  const [file, setFile] = useState<File>();
  const choose = useCallback(([first]: NamedFile[]) => first && setFile(first.file), []);
  const jobs = list.data?.pages.flatMap((page) => page.batches);
  const button = (
    <FileButton variant="primary" accept={acceptedRows} onFiles={choose}>
      <FileUp aria-hidden="true" /> New job
    </FileButton>
  );
  return (
    <DropZone onFiles={choose} invitation="Let go to start a job over it">
      <Page
        intro="One task over every row of a file, behind the requests of people who wait. It goes on while this page is closed."
        actions={jobs && jobs.length > 0 && button}
      >
        <Panel aria-label="Jobs">
          {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
          {!jobs && !list.error && <SkeletonBlock label="Loading the jobs" lines={6} />}
          {jobs?.length === 0 && (
            <EmptyState icon={ListChecks} title="No jobs yet" action={button}>
              Drop a CSV or JSON Lines file here, or one with a text on each line. Up to 1 GiB, in UTF-8.
            </EmptyState>
          )}
          <ul className="divide-y divide-line">
            {jobs?.map((job) => (
              <BatchRow key={job.id} job={job} />
            ))}
          </ul>
          {list.hasNextPage && (
            <div className="border-line border-t p-4">
              <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            </div>
          )}
        </Panel>
      </Page>
      {file && <StartDialog file={file} onClose={() => setFile(undefined)} />}
    </DropZone>
  );
}
