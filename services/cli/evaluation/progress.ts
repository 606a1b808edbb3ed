import { Presets, SingleBar } from 'cli-progress';

/** Counts answers on standard error while a suite runs; how many there will be is known at the end only. */
export function showProgress(title: string, show: boolean): { step: () => void; stop: () => void } {
  if (!show) return { step: () => {}, stop: () => {} };
  const started = performance.now();
  const format = `${title}: {count} answers · {rate} a second`;
  const bar = new SingleBar(
    { stream: process.stderr, clearOnComplete: true, hideCursor: true, format },
    Presets.shades_classic,
  );
  let count = 0;
  const payload = () => ({
    count,
    rate: (count / Math.max(0.001, (performance.now() - started) / 1000)).toFixed(0),
  });
  bar.start(0, 0, payload());
  return {
    step: () => {
      count++;
      bar.update(0, payload());
    },
    stop: () => bar.stop(),
  };
}
