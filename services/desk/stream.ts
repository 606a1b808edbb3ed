import type { DeskFrame, Presence } from '#contracts';
import type { Watch } from './feed.ts';
import type { ChangeFrame } from './frames.ts';

/** Whoever comes back after more changes than this is better off loading the inbox again. */
const replayed = 5_000;
/** A reader that took nothing while this many changes came is let go, so that it resumes. */
const backlog = 1_000;

/** A frame, and the place in the log to resume from for one that has a place. */
export interface Told {
  frame: DeskFrame;
  place?: number;
}

export interface DeskStreamParts {
  watch(onGrowth: (broken?: unknown) => void): Watch;
  presence: {
    list(): Presence[];
    listen(onChange: (presence: Presence) => void): () => void;
  };
  /** The last change the reader has; undefined for what comes from now on. */
  since: number | undefined;
  /** Breaks off a reader that takes nothing. */
  drop(): void;
}

/**
 * What the desk's stream tells one reader, in portions, until `signal` is aborted; an empty portion first, which says that
 * it is open. The reader's place is in the log, so nothing waits in memory for a slow one but the latest word about who is
 * at which conversation. Throws when the log cannot be read.
 */
export async function* tellDesk(parts: DeskStreamParts, signal: AbortSignal): AsyncGenerator<Told[]> {
  const places = new Map<string, Presence>();
  let taking = true;
  let endWhenTaken = 0;
  let broken: unknown;
  let wake = () => {};
  const rouse = () => wake();

  const unlisten = parts.presence.listen((presence) => {
    places.set(presence.conversationId, presence);
    rouse();
  });
  const watch = parts.watch((error) => {
    broken = error;
    if (!taking && watch.end - endWhenTaken > backlog) parts.drop();
    rouse();
  });
  signal.addEventListener('abort', rouse);
  try {
    const last = await watch.last();
    let place = parts.since ?? last;
    let lost = place > last || last - place > replayed;
    for (const presence of parts.presence.list()) places.set(presence.conversationId, presence);
    taking = false;
    endWhenTaken = last;
    yield [];
    taking = true;
    while (!signal.aborted) {
      // Made before looking: what comes meanwhile is not slept through.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (broken) throw broken;
      const frames = lost ? [] : await watch.after(place);
      // A frame that is no longer there takes the place of those it stood before.
      lost ||= frames.length > 0 && frames[0]?.cursor !== place + 1;
      const changes: Told[] = lost ? [resync(Math.max(last, watch.end))] : frames.map(change);
      place = changes.at(-1)?.place ?? place;
      lost = false;
      const told = [...changes, ...[...places.values()].map(present)];
      places.clear();
      if (told.length === 0) await woken;
      else {
        taking = false;
        endWhenTaken = watch.end;
        yield told;
        taking = true;
      }
    }
  } finally {
    unlisten();
    watch.leave();
    signal.removeEventListener('abort', rouse);
  }
}

const change = (frame: ChangeFrame): Told => ({ frame, place: frame.cursor });
const resync = (cursor: number): Told => ({ frame: { kind: 'resync', cursor }, place: cursor });
const present = (presence: Presence): Told => ({ frame: { kind: 'presence', presence } });
