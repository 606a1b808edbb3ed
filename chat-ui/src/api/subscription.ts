import { readEventStream, type StreamedEvent } from '#client';
import { asParlanceError, type ErrorCode } from '#contracts';
import { createStore, type Store } from '../ui/store.ts';
import { connection } from './connection.ts';

/** How a page stands with the server's stream: `at` is when it last heard from it, in milliseconds. */
export type Feed = { state: 'live' | 'lost' | 'refused'; at: number };

export interface SubscriptionSettings {
  /** The last change the page has; `onEvent` moves it by the ids it sees. */
  cursor: number;
  /** Opens the stream after `cursor`. */
  open: (cursor: number, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  /** Hears each time the stream is open, before its first event. */
  onOpen?: () => void;
  onEvent: (event: StreamedEvent) => void;
}

/** The server sends a heartbeat every 15 seconds: after so long without one the connection is dead. */
const silenceMs = 40_000;
/** Coming back to a page after so long without a word, the stream is opened anew rather than trusted. */
const doubtMs = 20_000;
/** A stream that ends is as a rule open again before anybody needs to know. */
const graceMs = 1_500;
const backoffMs = { least: 500, most: 30_000 };

/** Asking again would be answered the same. */
const final: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'not_found', 'invalid_input'];

/** Full jitter: anything up to twice as long as the time before, so that pages do not all come back at once. */
export const backoff = (failures: number, random = Math.random): number =>
  random() * Math.min(backoffMs.most, backoffMs.least * 2 ** failures);

/**
 * Follows a stream of the server by cursor for as long as the page wants: opens it again when it ends, is silent or fails,
 * at once when the browser is online or in view again.
 */
export function subscribe({ cursor, open, onOpen, onEvent }: SubscriptionSettings): {
  feed: Store<Feed>;
  stop: () => void;
} {
  const feed = createStore<Feed>({ state: 'live', at: Date.now() });
  const stopping = new AbortController();
  let attempt = new AbortController();
  let place = cursor;
  let failures = 0;
  let heardAt = Date.now();
  let grace: ReturnType<typeof setTimeout> | undefined;
  let atOnce = false;
  let hurry = () => {};

  const live = () => {
    clearTimeout(grace);
    grace = undefined;
    failures = 0;
    heardAt = Date.now();
    feed.set({ state: 'live', at: heardAt });
  };
  const lost = () => {
    grace ??= setTimeout(() => feed.set({ state: 'lost', at: heardAt }), graceMs);
  };

  async function read(signal: AbortSignal): Promise<void> {
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      heardAt = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => attempt.abort(), silenceMs);
    };
    try {
      listen();
      const body = await open(place, signal);
      live();
      onOpen?.();
      for await (const event of readEventStream(body, listen)) {
        if (signal.aborted) return;
        if (event.id !== undefined) place = Number(event.id);
        onEvent(event);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      attempt = new AbortController();
      const end = AbortSignal.any([stopping.signal, attempt.signal]);
      try {
        await read(end);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (final.includes(asParlanceError(error).code)) return feed.set({ state: 'refused', at: heardAt });
        failures++;
      }
      if (stopping.signal.aborted) return;
      lost();
      if (!atOnce) await pause(backoff(failures));
      atOnce = false;
    }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const wake = () => {
    if (document.visibilityState === 'hidden') return;
    hurry();
    if (feed.get().state === 'refused' || Date.now() - heardAt <= doubtMs) return;
    atOnce = true;
    attempt.abort();
  };
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  const unlisten = connection.subscribe(() => connection.get() === 'up' && hurry());
  void run();

  return {
    feed,
    stop() {
      stopping.abort();
      clearTimeout(grace);
      hurry();
      unlisten();
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    },
  };
}
