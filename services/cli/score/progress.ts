import { Presets, SingleBar } from 'cli-progress';

/** What a run shows while it goes on. Bytes come from the reader, rows from the writer. */
export interface Progress {
  bytes(count: number): void;
  rows(count: number): void;
  stop(): void;
}

const silent: Progress = { bytes: () => {}, rows: () => {}, stop: () => {} };

/** A bar on standard error with rows a second and the time left; nothing where nobody would see it. */
export function newProgress({ size, show }: { size: number | undefined; show: boolean }): Progress {
  if (!show) return silent;
  const started = performance.now();
  let bytes = 0;
  let rows = 0;
  const bar = new SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      etaBuffer: 50,
      format:
        size === undefined
          ? '{count} rows · {rate} rows/s'
          : '{bar} {percentage}% · {count} rows · {rate} rows/s · {eta_formatted} left',
    },
    Presets.shades_classic,
  );
  const payload = () => ({
    count: rows.toLocaleString('en'),
    rate: Math.round(rows / Math.max(0.001, (performance.now() - started) / 1000)).toLocaleString('en'),
  });
  bar.start(size ?? 0, 0, payload());
  return {
    bytes: (count) => {
      bytes += count;
    },
    rows: (count) => {
      rows += count;
      bar.update(size === undefined ? 0 : Math.min(bytes, size), payload());
    },
    stop: () => bar.stop(),
  };
}
