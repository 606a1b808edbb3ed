import { type IngestParts, ingest, type PendingSource } from './ingest.ts';

/** Sources being read. */
export interface IngestQueue {
  add(pending: PendingSource): void;
  /** Sources waiting or being read. */
  size(): number;
  /** Resolves when nothing is left to read. */
  idle(): Promise<void>;
  /** Ends what runs; what it has not finished is read after the next start. */
  close(): Promise<void>;
}

/** While one file's passages are being embedded the next is read. */
const atOnce = 2;

/** Reads sources in the order they came, two at a time, for as long as the process lives. */
export function createIngestQueue(parts: IngestParts): IngestQueue {
  const stop = new AbortController();
  const waiting: PendingSource[] = [];
  const running = new Set<Promise<void>>();

  function next(): void {
    while (running.size < atOnce && !stop.signal.aborted) {
      const pending = waiting.shift();
      if (!pending) return;
      const run: Promise<void> = ingest(parts, pending, stop.signal).finally(() => {
        running.delete(run);
        next();
      });
      running.add(run);
    }
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  return {
    add(pending) {
      const same = ({ tenant, id }: PendingSource) => tenant === pending.tenant && id === pending.id;
      if (!waiting.some(same)) waiting.push(pending);
      next();
    },
    size: () => waiting.length + running.size,
    idle,
    async close() {
      stop.abort();
      waiting.length = 0;
      parts.reader.close();
      await idle();
    },
  };
}
