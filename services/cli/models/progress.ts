import { Presets, SingleBar } from 'cli-progress';
import type { PullProgress } from './access.ts';

/** A bar on standard error while a model is on its way; nothing where nobody would see it. */
export function showPull(id: string, show: boolean): { update(progress: PullProgress): void; stop(): void } {
  if (!show) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format: `${id} {bar} {percentage}% · {done} of {size} MB · {eta_formatted} left`,
    },
    Presets.shades_classic,
  );
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  bar.start(1, 0, { done: '0', size: '?' });
  return {
    update({ doneBytes, totalBytes }) {
      if (totalBytes === null) return;
      bar.setTotal(Math.max(1, totalBytes));
      bar.update(doneBytes, { done: megabytes(doneBytes), size: megabytes(totalBytes) });
    },
    stop: () => bar.stop(),
  };
}
