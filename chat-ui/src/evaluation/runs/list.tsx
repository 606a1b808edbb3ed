import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ClipboardCheck, Play, SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { RunsSearch } from '../address.ts';
import { More } from '../more.tsx';
import { jobsQuery, runsQuery } from '../queries.ts';
import { RunRow } from './row.tsx';
import { RunsSkeleton } from './skeleton.tsx';

const columns = [
  { title: 'Figure, 95 % interval', className: 'hidden md:table-cell' },
  { title: 'Compared', className: 'hidden md:table-cell' },
  { title: 'Verdict', className: 'hidden lg:table-cell' },
  { title: 'When', className: 'hidden lg:table-cell' },
];

interface RunListProps {
  search: RunsSearch;
  onStart: () => void;
  onShowAll: () => void;
}

/** The runs that the filters let through. */
export function RunList({ search, onStart, onShowAll }: RunListProps) {
  const list = useInfiniteQuery(runsQuery(search));
  const { data: jobs } = useQuery(jobsQuery);
  const runs = list.data?.pages.flatMap((page) => page.runs);
  if (list.error && !runs)
    return (
      <Panel>
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      </Panel>
    );
  if (!runs) return <RunsSkeleton />;
  if (runs.length === 0) {
    if (search.suite || search.target) return <NoneFits onShowAll={onShowAll} />;
    // The first run is on its way above.
    return jobs?.some(({ state }) => state === 'running') ? null : <NoRuns onStart={onStart} />;
  }
  return (
    <>
      <Panel className={cx('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        <table className="w-full text-left">
          <caption className="sr-only">Evaluation runs</caption>
          <thead className="text-faint text-xs">
            <tr className="border-line border-b">
              <th scope="col" className="hidden py-2 pl-5 font-medium md:table-cell">
                Outcome
              </th>
              <th scope="col" className="px-4 py-2 font-medium md:px-3">
                Suite and target
              </th>
              {columns.map(({ title, className }) => (
                <th key={title} scope="col" className={cx('px-3 py-2 font-medium', className)}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      </Panel>
      <More list={list} />
    </>
  );
}

function NoneFits({ onShowAll }: { onShowAll: () => void }) {
  return (
    <Panel>
      <EmptyState
        icon={SearchX}
        title="No run fits"
        action={<Button onClick={onShowAll}>Show all runs</Button>}
      >
        Nobody has run this suite on this target yet.
      </EmptyState>
    </Panel>
  );
}

function NoRuns({ onStart }: { onStart: () => void }) {
  return (
    <Panel className="border-dashed">
      <EmptyState
        icon={ClipboardCheck}
        title="Nothing was measured yet"
        action={
          <Button variant="primary" onClick={onStart}>
            <Play aria-hidden="true" /> Run a suite
          </Button>
        }
      >
        Run one of the suites that come with the server, or write one of your own. From a terminal,{' '}
        <code className="break-words font-mono text-[0.8125rem]">npx parlance eval run sentiment</code> does
        the same and can publish its run here.
      </EmptyState>
    </Panel>
  );
}
