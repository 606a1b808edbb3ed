import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import type { RunDetail } from '#contracts';
import { Page } from '../../app/page.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { CompareSearch } from '../address.ts';
import { runQuery } from '../queries.ts';
import { useSteps } from '../use-steps.ts';
import { ChangesPanel } from './changes.tsx';
import { ComparedFacts } from './facts.tsx';
import { ComparedFigures } from './figures.tsx';

/** Two runs side by side: what the one before said, and what this one says. */
export function ComparePage() {
  const { a, b } = useSearch({ from: '/evaluation/compare' });
  if (!a || !b) return <NothingChosen />;
  return <Compared key={`${a} ${b}`} a={a} b={b} />;
}

function Compared({ a, b }: { a: string; b: string }) {
  const before = useQuery(runQuery(a));
  const now = useQuery(runQuery(b));
  const failed = [before, now].find(({ error, data }) => error && !data);
  return (
    <Page wide>
      <Link
        to="/evaluation/runs/$run"
        params={{ run: b }}
        className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" /> Back to the run
      </Link>
      {failed && (
        <Panel>
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        </Panel>
      )}
      {!failed && !(before.data && now.data) && (
        <div role="status" className="space-y-5">
          <span className="sr-only">Loading the two runs</span>
          <Skeleton className="h-9 w-72 max-w-full" />
          <Skeleton className="h-72 rounded-xl" />
          <Skeleton className="h-96 rounded-xl" />
        </div>
      )}
      {before.data && now.data && <Both before={before.data} now={now.data} />}
    </Page>
  );
}

function Both({ before, now }: { before: RunDetail; now: RunDetail }) {
  const search = useSearch({ from: '/evaluation/compare' });
  const navigate = useNavigate({ from: '/evaluation/compare' });
  const update = (change: CompareSearch) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const swap = () => update({ a: now.run.id, b: before.run.id });
  useSteps('change', [{ id: 'swap', title: 'Swap the two runs', keys: ['S'], press: 's', run: swap }]);
  const shared = Object.keys(now.run.metrics).filter((name) => before.run.metrics[name]);
  const scorer = shared.find((name) => name === search.scorer) ?? shared[0];
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h2 className="break-words font-semibold text-2xl tracking-tight">{now.run.suite.title}</h2>
          <p className="text-muted">What changed from the run before to this one.</p>
        </div>
        <Button onClick={swap}>
          <ArrowLeftRight aria-hidden="true" /> Swap
        </Button>
      </div>
      <ComparedFacts before={before} now={now} />
      <ComparedFigures before={before.run} now={now.run} />
      {scorer !== undefined && (
        <ChangesPanel
          before={before.run}
          now={now.run}
          scorer={scorer}
          scorers={shared}
          changed={search.changed ?? 'any'}
          onChange={update}
        />
      )}
    </>
  );
}

function NothingChosen() {
  return (
    <Page>
      <Panel className="border-dashed">
        <EmptyState
          icon={GitCompareArrows}
          title="Which two runs?"
          action={
            <Link to="/evaluation" className={buttonClass('primary')}>
              Choose a run
            </Link>
          }
        >
          Open a run and press Compare there. The run that was accepted last is proposed.
        </EmptyState>
      </Panel>
    </Page>
  );
}
