import type { Batch } from '#contracts';
import { formatCount, plural } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** How far a job is, as a bar and in words. */
export function Progress({ job }: { job: Batch }) {
  const { done, total, failed } = job.rows;
  const said = `${formatCount(done)} of ${plural(total, 'row')}`;
  const running = job.state === 'running';
  return (
    <div className="space-y-1.5">
      <ProgressBar label={job.file.name} share={done / total} said={said} />
      <p className="figures flex flex-wrap gap-x-3 text-muted text-xs">
        <span>{said}</span>
        {failed > 0 && <span className="font-medium text-negative">{formatCount(failed)} failed</span>}
        {running && job.rowsPerSecond !== null && (
          <span>{formatCount(Math.round(job.rowsPerSecond))} rows a second</span>
        )}
        {running && job.secondsLeft !== null && <span>{formatLeft(job.secondsLeft)} left</span>}
      </p>
    </div>
  );
}

function formatLeft(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
