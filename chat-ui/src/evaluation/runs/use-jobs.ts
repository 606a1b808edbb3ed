import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { asParlanceError, type EvaluationJob, type StartJobRequest } from '#contracts';
import { client } from '../../api/client.ts';
import { jobsQuery } from '../queries.ts';

export function useStartJob(onStarted: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: StartJobRequest) => client().evaluations.jobs.start(request),
    onSuccess: (job) => {
      cache.setQueryData(jobsQuery.queryKey, (jobs = []) => [job, ...jobs]);
      onStarted();
    },
  });
}

export function useCancelJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (job: EvaluationJob) => client().evaluations.jobs.cancel(job.id),
    onSuccess: ({ title }) => toast(`Cancelled “${title}”. Its results are thrown away.`),
    onError: (error) => toast.error(asParlanceError(error).message),
    onSettled: () => cache.invalidateQueries(jobsQuery),
  });
}

/** Says of each job that was seen running that it is done, and reads the lists anew. */
export function useFinishedJobs(jobs: EvaluationJob[]): void {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const running = useRef(new Set<string>());
  useEffect(() => {
    for (const job of jobs) {
      if (job.state === 'running') running.current.add(job.id);
      else if (running.current.delete(job.id) && job.state === 'done') {
        void cache.invalidateQueries({ queryKey: ['evaluation'] });
        const open = () => void navigate({ to: '/evaluation/runs/$run', params: { run: job.id } });
        toast.success(`“${job.title}” is done`, { action: { label: 'Open', onClick: open } });
      }
    }
  }, [jobs, cache, navigate]);
}
