import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ChartLine } from 'lucide-react';
import { Page } from '../../app/page.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Select } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { latestRunsQuery, trendQuery } from '../queries.ts';
import { useSteps } from '../use-steps.ts';
import { TrendChart } from './chart.tsx';
import { Legend } from './legend.tsx';
import { TrendTable } from './table.tsx';

/** The metrics of a suite from run to run. */
export function TrendsPage() {
  const { suite } = useSearch({ from: '/evaluation/trends' });
  const navigate = useNavigate({ from: '/evaluation/trends' });
  const known = useQuery(latestRunsQuery()).data ?? [];
  const trend = useQuery(trendQuery({ suite }));
  useSteps('run', []);
  const suites = [...new Set([...(suite ? [suite] : []), ...known.map((run) => run.suite)])].sort();
  const runs = trend.data?.runs;
  const metrics = [...new Set(runs?.flatMap((run) => Object.keys(run.metrics)))].sort();
  return (
    <Page wide>
      <Link to="/evaluation" className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden="true" /> All runs
      </Link>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="grow basis-72">
          <h2 className="font-semibold text-2xl tracking-tight">Trends</h2>
          <p className="min-h-5 text-muted">
            {runs &&
              runs.length > 0 &&
              `${plural(runs.length, 'run')}, the oldest first, with 95 % intervals.`}
          </p>
        </div>
        <Select
          aria-label="Suite"
          className="w-52"
          value={suite ?? ''}
          onChange={({ target }) =>
            void navigate({ search: { suite: target.value || undefined }, replace: true })
          }
        >
          <option value="">Choose a suite</option>
          {suites.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </div>
      {trend.error && !runs && (
        <Panel>
          <ErrorState error={trend.error} onRetry={() => void trend.refetch()} />
        </Panel>
      )}
      {suite && trend.isPending && <TrendsSkeleton />}
      {!suite && (
        <Panel className="border-dashed">
          <EmptyState icon={ChartLine} title="Choose a suite">
            Each of its metrics is drawn from run to run, with what was accepted marked.
          </EmptyState>
        </Panel>
      )}
      {runs?.length === 0 && (
        <Panel className="border-dashed">
          <EmptyState
            icon={ChartLine}
            title="No run of this suite yet"
            action={
              <Link to="/evaluation" search={{ start: true }} className={buttonClass('primary')}>
                Run a suite
              </Link>
            }
          >
            From the second run on there is something to follow.
          </EmptyState>
        </Panel>
      )}
      {runs && runs.length > 0 && (
        <>
          <Legend />
          <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
            {metrics.map((metric) => (
              <TrendChart key={metric} metric={metric} runs={runs} />
            ))}
          </div>
          <TrendTable runs={runs} metrics={metrics} />
        </>
      )}
    </Page>
  );
}

function TrendsSkeleton() {
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">Loading the runs</span>
      <Skeleton className="h-5 w-80 max-w-full" />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-72 rounded-xl" />
        ))}
      </div>
    </div>
  );
}
