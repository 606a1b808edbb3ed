import { follow } from '../conversations/follow.ts';
import type { Live } from '../conversations/live.ts';
import { deskTopic } from '../conversations/topics.ts';
import type { Database } from '../db/database.ts';
import { lastSeqOf } from '../db/events.ts';
import { type ChangeFrame, readFrames } from './frames.ts';

const pageSize = 200;

/** The desk's log of one tenant, for one who watches it. */
export interface Watch {
  /** The last frame that is known here; the log may be ahead by a moment. */
  readonly end: number;
  /** The last frame of the log now. */
  last(): Promise<number>;
  /** Frames after `place`, oldest first; none when there are none yet. */
  after(place: number): Promise<ChangeFrame[]>;
  leave(): void;
}

/** Calls back whenever `end` has moved, and with the error when the log can be read no longer. */
type OnGrowth = (broken?: unknown) => void;

/**
 * Opens watches on the desk's log. However many watch a tenant's log in this process, what is added to it is read once: at
 * least `kept` frames stay at hand, and only whoever is further behind reads the database.
 */
export function createFeed(
  db: Database,
  live: Live,
  kept = 1_000,
): (tenant: string, onGrowth: OnGrowth) => Watch {
  const readers = new Map<string, Reader>();
  return (tenant, onGrowth) => {
    const reader = readers.get(tenant) ?? openReader(db, live, tenant, kept);
    readers.set(tenant, reader);
    reader.watchers.add(onGrowth);
    return {
      get end() {
        return reader.end;
      },
      last: reader.last,
      after: reader.after,
      leave() {
        reader.watchers.delete(onGrowth);
        if (reader.watchers.size > 0) return;
        reader.stop.abort();
        if (readers.get(tenant) === reader) readers.delete(tenant);
      },
    };
  };
}

interface Reader {
  watchers: Set<OnGrowth>;
  stop: AbortController;
  end: number;
  last(): Promise<number>;
  after(place: number): Promise<ChangeFrame[]>;
}

function openReader(db: Database, live: Live, tenant: string, kept: number): Reader {
  const read = (since: number, limit: number) => db.withTenant(tenant, (tx) => readFrames(tx, since, limit));
  let ring: ChangeFrame[] = [];

  const reader: Reader = {
    watchers: new Set(),
    stop: new AbortController(),
    end: 0,
    last: () => db.withTenant(tenant, (tx) => lastSeqOf(tx, deskTopic)),
    async after(place) {
      if (place >= reader.end) return [];
      const first = ring[0]?.cursor ?? reader.end + 1;
      if (place + 1 < first) return read(place, pageSize);
      const from = ring.findIndex((frame) => frame.cursor > place);
      return from < 0 ? [] : ring.slice(from, from + pageSize);
    },
  };
  const tell = (broken?: unknown) => {
    for (const watcher of [...reader.watchers]) watcher(broken);
  };

  const run = async () => {
    reader.end = await reader.last();
    tell();
    const log = {
      live,
      tenant,
      topic: deskTopic,
      read: async (since: number, limit: number) =>
        (await read(since, limit)).map((frame) => ({ seq: frame.cursor, frame })),
    };
    for await (const { seq, frame } of follow(log, reader.end, reader.stop.signal)) {
      ring.push(frame);
      if (ring.length > 2 * kept) ring = ring.slice(-kept);
      reader.end = seq;
      tell();
    }
  };
  // Its watchers leave, and the next one to come gets a new reader.
  run().catch((error) => tell(error ?? new Error('the desk log cannot be read')));
  return reader;
}
