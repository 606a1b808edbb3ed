import { Download, Ellipsis, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Batch, BatchState } from '#contracts';
import { taskOf } from '../playground/registry.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { formatBytes } from '../ui/format.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Time } from '../ui/time.tsx';
import { ErrorsSheet } from './errors-sheet.tsx';
import { Progress } from './progress.tsx';
import { useDownload, useMoveBatch } from './use-batches.ts';

const states: Record<BatchState, { name: string; tone: Tone }> = {
  queued: { name: 'Waiting', tone: 'plain' },
  running: { name: 'Running', tone: 'accent' },
  paused: { name: 'Paused', tone: 'warning' },
  done: { name: 'Done', tone: 'good' },
  cancelled: { name: 'Cancelled', tone: 'plain' },
  failed: { name: 'Failed', tone: 'bad' },
};

/** One job: how it stands and what can be done with it. */
export function BatchRow({ job }: { job: Batch }) {
  const [asked, setAsked] = useState<'cancel' | 'remove'>();
  const [showsErrors, setShowsErrors] = useState(false);
  const move = useMoveBatch();
  const results = useDownload();
  const { name } = job.file;
  const moves = job.state === 'queued' || job.state === 'running';
  const stands = job.state === 'paused' || job.state === 'failed';
  const state = states[job.state];
  return (
    <li className="space-y-3 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60 space-y-1">
          <p className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 break-words font-medium">{name}</span>
            <Badge tone={state.tone}>{state.name}</Badge>
          </p>
          <p className="flex flex-wrap gap-x-3 text-faint text-xs">
            <span>{taskOf(job.task).title}</span>
            <span>{formatBytes(job.file.bytes)}</span>
            <Time at={job.createdAt} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {moves && (
            <Button
              size="small"
              aria-label={`Pause “${name}”`}
              onClick={() => move.mutate({ id: job.id, verb: 'pause' })}
            >
              <Pause aria-hidden="true" /> Pause
            </Button>
          )}
          {stands && (
            <Button
              size="small"
              aria-label={`Resume “${name}”`}
              onClick={() => move.mutate({ id: job.id, verb: 'resume' })}
            >
              <Play aria-hidden="true" /> Resume
            </Button>
          )}
          {job.rows.done > 0 && (
            <Menu
              trigger={
                <Button
                  size="small"
                  disabled={results.isPending}
                  aria-label={`Download the results of “${name}”`}
                >
                  <Download aria-hidden="true" /> {results.isPending ? 'One moment…' : 'Download'}
                </Button>
              }
            >
              <MenuItem onSelect={() => results.mutate({ job, format: 'csv' })}>As CSV</MenuItem>
              <MenuItem onSelect={() => results.mutate({ job, format: 'jsonl' })}>As JSON Lines</MenuItem>
            </Menu>
          )}
          <Menu
            trigger={
              <Button variant="ghost" size="icon" aria-label={`More for “${name}”`}>
                <Ellipsis aria-hidden="true" />
              </Button>
            }
          >
            {job.rows.failed > 0 && (
              <MenuItem onSelect={() => setShowsErrors(true)}>Show the rows that failed</MenuItem>
            )}
            {(moves || stands) && <MenuItem onSelect={() => setAsked('cancel')}>Cancel</MenuItem>}
            <MenuItem danger onSelect={() => setAsked('remove')}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
      <Progress job={job} />
      {job.problem && <p className="break-words text-negative">{job.problem}</p>}
      <Confirm
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={asked === 'remove' ? `Delete “${name}”?` : `Cancel “${name}”?`}
        action={asked === 'remove' ? 'Delete it' : 'Cancel the job'}
        onConfirm={() => asked && move.mutate({ id: job.id, verb: asked })}
      >
        {asked === 'remove'
          ? 'The job, its file and its results are gone for good.'
          : 'It cannot be resumed. The results there are can still be downloaded.'}
      </Confirm>
      {showsErrors && <ErrorsSheet job={job} onClose={() => setShowsErrors(false)} />}
    </li>
  );
}
