import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useCallback } from 'react';
import { asParlanceError, type RunDetail } from '#contracts';
import { Page } from '../../app/page.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { RunSearch } from '../address.ts';
import { runQuery } from '../queries.ts';
import { cellOf } from './cell.ts';
import { DistributionPanel } from './distribution.tsx';
import { RunFacts } from './facts.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { GatesPanel } from './gates.tsx';
import { RunHeading } from './heading.tsx';
import { MatrixPanel } from './matrix.tsx';
import { OnItsWay } from './on-its-way.tsx';
import { SamplesPanel } from './samples/panel.tsx';
import { RunSkeleton } from './skeleton.tsx';
import { SlicesPanel } from './slices.tsx';
import { VerdictsPanel } from './verdicts.tsx';

/** One run: what it came to, where it is weak, and what it said. */
export function RunPage() {
  const { run: id } = useParams({ from: '/evaluation/runs/$run' });
  const { data, error, errorUpdateCount, refetch } = useQuery(runQuery(id));
  const again = useCallback(() => void refetch(), [refetch]);
  const absent = error && !data && asParlanceError(error).code === 'not_found';
  return (
    <Page wide>
      <Link to="/evaluation" className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden="true" /> All runs
      </Link>
      {absent && <OnItsWay id={id} error={error} looks={errorUpdateCount} onDone={again} />}
      {error && !data && !absent && (
        <Panel>
          <ErrorState error={error} onRetry={again} />
        </Panel>
      )}
      {!data && !error && <RunSkeleton />}
      {data && <WholeRun key={id} detail={data} />}
    </Page>
  );
}

function WholeRun({ detail }: { detail: RunDetail }) {
  const { run, summary, verdicts } = detail;
  const search = useSearch({ from: '/evaluation/runs/$run' });
  const navigate = useNavigate({ from: '/evaluation/runs/$run' });
  const update = useCallback(
    (change: RunSearch) => {
      // Back closes a sample that was opened; going from one to the next is no step of its own.
      const opens = change.sample !== undefined && search.sample === undefined;
      void navigate({ search: (before) => ({ ...before, ...change }), replace: !opens });
    },
    [navigate, search.sample],
  );
  const metrics = Object.keys(run.metrics);
  const scorer = metrics.find((name) => name === search.scorer) ?? summary.headline?.metric ?? metrics[0];
  /** The samples of a part of the run, and where they are listed. */
  const showSamples = (change: RunSearch) => {
    update({ slice: undefined, value: undefined, expected: undefined, said: undefined, ...change });
    document.getElementById('samples')?.scrollIntoView({ block: 'start' });
    document.getElementById('samples')?.focus({ preventScroll: true });
  };
  return (
    <>
      <RunHeading detail={detail} />
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <FiguresPanel run={run} />
        <div className="grid gap-5">
          <GatesPanel gates={run.gates} />
          <VerdictsPanel summary={summary} verdicts={verdicts} />
        </div>
      </div>
      {scorer !== undefined && (
        <>
          <SlicesPanel
            run={run}
            metric={scorer}
            onMetric={(next) => update({ scorer: next })}
            onShow={showSamples}
          />
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            {run.matrix && (
              <MatrixPanel matrix={run.matrix} chosen={cellOf(run, search)} onShow={showSamples} />
            )}
            <DistributionPanel
              run={run.id}
              scorer={scorer}
              better={run.metrics[scorer]?.better ?? 'higher'}
            />
          </div>
          <SamplesPanel run={run} scorer={scorer} search={search} onChange={update} />
        </>
      )}
      <RunFacts run={run} summary={summary} />
    </>
  );
}
