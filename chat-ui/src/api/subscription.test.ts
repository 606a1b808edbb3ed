import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParlanceError } from '#contracts';
import { backoff, subscribe } from './subscription.ts';

/** A server whose streams the test writes and ends. */
function serverOf() {
  const opened: {
    cursor: number;
    signal: AbortSignal;
    stream: ReadableStreamDefaultController<Uint8Array>;
  }[] = [];
  let refusal: Error | undefined;
  return {
    opened,
    get last() {
      const last = opened.at(-1);
      if (!last) throw new Error('nothing was opened');
      return last;
    },
    refuse(error?: Error) {
      refusal = error;
    },
    say(text: string) {
      this.last.stream.enqueue(new TextEncoder().encode(text));
    },
    open: async (cursor: number, signal: AbortSignal) => {
      if (refusal) throw refusal;
      return new ReadableStream<Uint8Array>({
        start(stream) {
          opened.push({ cursor, signal, stream });
          signal.addEventListener('abort', () => stream.error(signal.reason));
        },
      });
    },
  };
}

const page = () => Object.assign(new EventTarget(), { visibilityState: 'visible', hidden: false });
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a subscription', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', new EventTarget());
    vi.stubGlobal('document', page());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function follow(server: ReturnType<typeof serverOf>, cursor = 5) {
    const heard: string[] = [];
    const subscription = subscribe({ cursor, open: server.open, onEvent: ({ data }) => heard.push(data) });
    return { heard, ...subscription };
  }

  it('comes back from where it stood when the stream ends, without a word to the visitor', async () => {
    const server = serverOf();
    const { heard, feed, stop } = follow(server);
    await settle();
    server.say('id: 6\ndata: one\n\nid: 7\ndata: two\n\ndata: no place\n\n');
    await settle();
    server.last.stream.close();
    await settle(600);
    expect(server.opened.map((each) => each.cursor)).toEqual([5, 7]);
    expect(heard).toEqual(['one', 'two', 'no place']);
    await settle(5000);
    expect(feed.get().state).toBe('live');
    stop();
  });

  it('says that it is lost while the server is away, and goes on when it is back', async () => {
    const server = serverOf();
    const { heard, feed, stop } = follow(server);
    await settle();
    server.refuse(new ParlanceError('provider_failed', 'away'));
    server.last.stream.close();
    await settle(5000);
    expect(feed.get().state).toBe('lost');
    server.refuse();
    await settle(60_000);
    expect(feed.get().state).toBe('live');
    server.say('id: 6\ndata: again\n\n');
    await settle();
    expect(heard).toEqual(['again']);
    stop();
  });

  it('does not trust a connection that says nothing, not even a heartbeat', async () => {
    const server = serverOf();
    const { stop } = follow(server);
    await settle();
    for (let beat = 0; beat < 4; beat++) {
      await settle(15_000);
      server.say(': \n\n');
    }
    await settle();
    expect(server.opened).toHaveLength(1);
    await settle(42_000);
    expect(server.opened.length).toBeGreaterThan(1);
    stop();
  });

  it('tries at once when the browser is online or in view again', async () => {
    const server = serverOf();
    server.refuse(new ParlanceError('provider_failed', 'away'));
    const { stop } = follow(server);
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    await settle(20_000);
    server.refuse();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(server.opened).toHaveLength(1);

    await settle(25_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(server.opened).toHaveLength(2);
    vi.restoreAllMocks();
    stop();
  });

  it('gives up where asking again would be answered the same', async () => {
    const server = serverOf();
    server.refuse(new ParlanceError('forbidden', 'no'));
    const { feed } = follow(server);
    await settle(120_000);
    expect(feed.get().state).toBe('refused');
    server.refuse();
    await settle(120_000);
    expect(server.opened).toHaveLength(0);
  });

  it('ends with the page', async () => {
    const server = serverOf();
    const { stop } = follow(server);
    await settle();
    stop();
    await settle(120_000);
    expect(server.opened).toHaveLength(1);
    expect(server.last.signal.aborted).toBe(true);
  });
});

it('waits up to half a second at first and thirty at most', () => {
  expect([0, 1, 3, 20].map((failures) => backoff(failures, () => 1))).toEqual([500, 1000, 4000, 30_000]);
  expect(backoff(20, () => 0)).toBe(0);
});
