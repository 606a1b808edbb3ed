import type { Live } from './live.ts';

/** Rows asked for at once: a reader far behind catches up in pages. */
const pageSize = 200;

/** What is read: anything with a place in an order without gaps. */
interface Placed {
  seq: number;
}

/**
 * Yields what a log has after `since` and then what is added, oldest first, until `signal` is aborted. Nothing is
 * skipped and nothing comes twice: the place is in the log, and time plays no part.
 */
export async function* follow<E extends Placed>(
  log: {
    live: Live;
    tenant: string;
    topic: string;
    read: (since: number, limit: number) => Promise<E[]>;
    /** What is at hand without asking the database; undefined when that is not known. */
    recent?: (since: number) => E[] | undefined;
  },
  since: number,
  signal: AbortSignal,
): AsyncGenerator<E> {
  let grown = true;
  let wake = () => {};
  const rouse = () => {
    grown = true;
    wake();
  };
  const stopListening = log.live.listen(log.tenant, log.topic, rouse);
  signal.addEventListener('abort', rouse);
  try {
    let place = since;
    while (!signal.aborted) {
      grown = false;
      const atHand = log.recent?.(place);
      const entries = atHand ?? (await log.read(place, pageSize));
      for (const entry of entries) {
        if (signal.aborted) return;
        yield entry;
        place = entry.seq;
      }
      // A page that is not full was all there was: what is committed after it rouses.
      if (entries.length === pageSize || grown) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        // A wake-up between the read and this line must not be slept through.
        if (grown) resolve();
      });
    }
  } finally {
    stopListening();
    signal.removeEventListener('abort', rouse);
  }
}
