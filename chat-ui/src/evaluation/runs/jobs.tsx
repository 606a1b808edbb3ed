import { useQuery } from '@tanstack/react-query';
import { CircleX, X } from 'lucide-react';
import type { EvaluationJob } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { createStore } from '../../ui/store.ts';
import { jobsQuery } from '../queries.ts';
import { useCancelJob, useFinishedJobs } from './use-jobs.ts';

/** Failures that whoever looks has read. */
const read = createStore<ReadonlySet<string>>(new Set());

/** What runs on the server or waits for it, and what failed there. */
export function Jobs() {
  const jobs = useQuery(jobsQuery).data ?? [];
  const seen = read.use();
  useFinishedJobs(jobs);
  const running = jobs.filter((job) => job.state === 'running').reverse();
  const failed = jobs.filter((job) => job.state === 'failed' && !seen.has(job.id));
  if (running.length + failed.length === 0) return null;
  return (
    <Panel aria-label="On their way">
      <ul className="divide-y divide-line">
        {running.map((job, place) => (
          <RunningJob key={job.id} job={job} waits={place > 0} />
        ))}
        {failed.map((job) => (
          <li key={job.id} className="flex items-start gap-3 px-4 py-3 sm:px-5">
            <CircleX className="mt-0.5 size-4 shrink-0 text-negative" aria-hidden="true" />
            <p className="min-w-0 grow break-words">
              <span className="font-medium">{job.title}</span> on {job.target} failed.{' '}
              <span className="text-muted">{job.problem}</span>
            </p>
            <Button
              variant="ghost"
              size="icon"
              className="-my-1.5"
              aria-label={`Dismiss the failure of “${job.title}”`}
              onClick={() => read.set(new Set([...seen, job.id]))}
            >
              <X aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** One that is on its way, or waits for the others. */
export function RunningJob({ job, waits }: { job: EvaluationJob; waits: boolean }) {
  const cancel = useCancelJob();
  const { answered, wanted, errored } = job;
  const state = waits
    ? 'waits for the others'
    : wanted === null
      ? plural(answered, 'answer')
      : `${answered} of ${plural(wanted, 'answer')}`;
  return (
    <li className="flex items-center gap-4 px-4 py-3 sm:px-5">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{job.title}</span>
          <span className="text-faint text-xs">on {job.target}</span>
          <span className="figures ml-auto text-muted text-xs">
            {state}
            {errored > 0 && <span className="font-medium text-negative">, {plural(errored, 'error')}</span>}
          </span>
        </p>
        <ProgressBar
          label={job.title}
          share={waits ? 0 : wanted === null ? undefined : answered / wanted}
          said={state}
          className="mt-2"
        />
      </div>
      <Button
        size="small"
        disabled={cancel.isPending}
        aria-label={`Cancel “${job.title}”`}
        onClick={() => cancel.mutate(job)}
      >
        Cancel
      </Button>
    </li>
  );
}
