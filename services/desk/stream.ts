import type { DeskFrame, Presence } from '#contracts';
import type { Watch } from './feed.ts';
import type { ChangeFrame } from './frames.ts';

const heartbeatMs = 15_000;
/** Whoever comes back after more changes than this is better off loading the inbox again. */
const replayed = 5_000;
/** A reader that took nothing while this many changes came is let go, so that it resumes. */
const backlog = 1_000;

/** What a stream of the desk reads from. */
export interface DeskSources {
  watch(onGrowth: (broken?: unknown) => void): Watch;
  presence: {
    list(): Presence[];
    listen(onChange: (presence: Presence) => void): () => void;
  };
}

export interface DeskStreamSettings {
  /** The last change the reader has; undefined for what comes from now on. */
  since: number | undefined;
  /** Ends the stream. */
  stop: AbortSignal;
  /** Breaks the connection of a reader that takes nothing. */
  drop(): void;
  /** Hears why the log could not be read, which ends the stream. */
  failed(error: unknown): void;
}

/**
 * The desk's server-sent events. Its place is in the log, so nothing waits in memory for a slow reader but the latest word
 * about who is at which conversation.
 */
export function deskStream(sources: DeskSources, settings: DeskStreamSettings): ReadableStream<Uint8Array> {
  const { stop, drop, failed } = settings;
  const encoder = new TextEncoder();
  const places = new Map<string, Presence>();
  let place: number | undefined;
  let ended = false;
  let cancelled = false;
  let taking = false;
  let endWhenTaken = 0;
  let beat = false;
  let wake = () => {};

  const rouse = () => wake();
  const heartbeat = setInterval(() => {
    beat = true;
    rouse();
  }, heartbeatMs).unref();
  const unlisten = sources.presence.listen((presence) => {
    places.set(presence.conversationId, presence);
    rouse();
  });
  const watch = sources.watch((broken) => {
    if (broken) fail(broken);
    else if (!taking && watch.end - endWhenTaken > backlog) leave();
    else rouse();
  });
  function end(): void {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    unlisten();
    watch.leave();
    stop.removeEventListener('abort', leave);
    rouse();
  }
  /** Ends from this side: a reader that takes nothing would not notice. */
  function leave(): void {
    end();
    if (!taking) drop();
  }
  function fail(error: unknown): void {
    if (!ended) failed(error);
    leave();
  }
  stop.addEventListener('abort', leave);

  /** The first words: where to resume when it breaks off, and who is where. */
  async function open(): Promise<string> {
    const last = await watch.last();
    const since = settings.since ?? last;
    const lost = since > last || last - since > replayed;
    place = lost ? last : since;
    for (const presence of sources.presence.list()) places.set(presence.conversationId, presence);
    return lost ? resync(last) : ': the desk\n\n';
  }

  /** What is there to say now; empty for nothing. */
  async function news(): Promise<string> {
    if (place === undefined) return await open();
    const frames = await watch.after(place);
    const [first, last] = [frames[0], frames.at(-1)];
    if (first && first.cursor !== place + 1) {
      place = watch.end;
      return resync(place);
    }
    if (last) place = last.cursor;
    const here = [...places.values()];
    places.clear();
    const beating = beat ? ': \n\n' : '';
    beat = false;
    return frames.map(change).join('') + here.map(present).join('') + beating;
  }

  async function next(): Promise<string> {
    for (;;) {
      // Made before looking: what comes meanwhile is not slept through.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const text = ended ? '' : await news();
      if (text || ended) return text;
      await woken;
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        taking = true;
        const text = await next().catch((error) => {
          fail(error);
          return '';
        });
        taking = false;
        endWhenTaken = watch.end;
        if (!ended) controller.enqueue(encoder.encode(text));
        else if (!cancelled) controller.close();
      },
      cancel() {
        cancelled = true;
        end();
      },
    },
    { highWaterMark: 0 },
  );
}

const frame = (data: DeskFrame, id: string) => `${id}data: ${JSON.stringify(data)}\n\n`;
const change = (data: ChangeFrame) => frame(data, `id: ${data.cursor}\n`);
const resync = (cursor: number) => frame({ kind: 'resync', cursor }, `id: ${cursor}\n`);
const present = (presence: Presence) => frame({ kind: 'presence', presence }, '');
