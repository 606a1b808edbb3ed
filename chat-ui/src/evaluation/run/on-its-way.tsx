import { useQuery } from '@tanstack/react-query';
import { Ban, CircleX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { jobsQuery } from '../queries.ts';
import { RunningJob } from '../runs/jobs.tsx';
import { RunSkeleton } from './skeleton.tsx';

interface OnItsWayProps {
  id: string;
  error: unknown;
  /** How often the run was looked for. */
  looks: number;
  /** Looks again. */
  onDone: () => void;
}

/** What the address of a run shows while there is none: the job that becomes it has the same id. */
export function OnItsWay({ id, error, looks, onDone }: OnItsWayProps) {
  const { data: jobs, isPending } = useQuery(jobsQuery);
  const job = jobs?.find((each) => each.id === id);
  const state = job?.state;
  const ran = useRef(false);
  useEffect(() => {
    if (state === 'running') ran.current = true;
    // A job may have ended between the first look and the question for jobs; after a second look its run was removed.
    else if (state === 'done' && (ran.current || looks === 1)) onDone();
  }, [state, looks, onDone]);
  if (isPending) return <RunSkeleton />;
  if (job && state === 'running') {
    const first = jobs?.findLast((each) => each.state === 'running');
    return (
      <Panel aria-label="On its way">
        <ul>
          <RunningJob job={job} waits={first?.id !== id} />
        </ul>
      </Panel>
    );
  }
  return (
    <Panel>
      {job && state === 'failed' && (
        <EmptyState icon={CircleX} title={`“${job.title}” failed`}>
          {job.problem}
        </EmptyState>
      )}
      {job && state === 'cancelled' && (
        <EmptyState icon={Ban} title={`“${job.title}” was cancelled`}>
          Its results were thrown away.
        </EmptyState>
      )}
      {(!job || state === 'done') && <ErrorState error={error} onRetry={onDone} />}
    </Panel>
  );
}
