import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeskFrame, Presence } from '#contracts';
import type { ChangeFrame } from './frames.ts';
import { createPresence, type PresenceBoard } from './presence.ts';
import { deskStream } from './stream.ts';

/** A log of frames in memory, as a watch shows it. */
function fakeLog() {
  const frames: ChangeFrame[] = [];
  const watchers = new Set<(broken?: unknown) => void>();
  const add = (count = 1) => {
    for (let n = 0; n < count; n++) {
      const cursor = frames.length + 1;
      frames.push({ kind: 'change', cursor, event: { seq: cursor }, entry: { id: 'c' } } as ChangeFrame);
      for (const watcher of [...watchers]) watcher();
    }
  };
  const watch = (onGrowth: (broken?: unknown) => void) => {
    watchers.add(onGrowth);
    return {
      get end() {
        return frames.length;
      },
      last: async () => frames.length,
      after: async (place: number) => frames.slice(place, place + 200),
      leave: () => void watchers.delete(onGrowth),
    };
  };
  return { frames, watchers, watch, add };
}

let log: ReturnType<typeof fakeLog>;
let presence: PresenceBoard;
let stop: AbortController;
let dropped: number;
let failures: unknown[];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  log = fakeLog();
  presence = createPresence();
  stop = new AbortController();
  dropped = 0;
  failures = [];
});
afterEach(() => vi.useRealTimers());

const sources = () => ({
  watch: log.watch,
  presence: {
    list: () => presence.list('t'),
    listen: (onChange: (presence: Presence) => void) => presence.listen('t', onChange),
  },
});
const open = (since?: number) =>
  deskStream(sources(), {
    since,
    stop: stop.signal,
    drop: () => void dropped++,
    failed: (error) => failures.push(error),
  }).getReader();

type Reader = ReturnType<typeof open>;
const text = async (reader: Reader) => new TextDecoder().decode((await reader.read()).value);
/** Frames with their SSE ids; comments are left out. */
const parse = (chunk: string) =>
  chunk
    .split('\n\n')
    .filter((part) => part.includes('data: '))
    .map((part) => ({
      id: /^id: (.*)$/m.exec(part)?.[1],
      frame: JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? '') as DeskFrame,
    }));
/** The next frames, whatever comments come before. */
async function next(reader: Reader): Promise<ReturnType<typeof parse>> {
  for (;;) {
    const found = parse(await text(reader));
    if (found.length > 0) return found;
  }
}

describe('changes', () => {
  it('come in order with their place as id, those of before and those of now', async () => {
    log.add(2);
    const reader = open(0);
    expect((await next(reader)).map((each) => each.id)).toEqual(['1', '2']);
    const later = next(reader);
    log.add();
    expect(await later).toEqual([{ id: '3', frame: log.frames[2] }]);
  });

  it('begin now for a reader without a place', async () => {
    log.add(2);
    const reader = open();
    await text(reader);
    log.add();
    expect((await next(reader)).map((each) => each.id)).toEqual(['3']);
  });

  it('make way for a word to load again when the place is ahead, too old or no longer there', async () => {
    log.add(6_000);
    for (const since of [6_001, 999]) {
      expect(await next(open(since))).toEqual([{ id: '6000', frame: { kind: 'resync', cursor: 6_000 } }]);
    }
    const at5 = open(1_000);
    log.frames.splice(1_000, 1);
    expect(await next(at5)).toEqual([{ id: '5999', frame: { kind: 'resync', cursor: 5_999 } }]);
  });

  it('go on after that word', async () => {
    log.add(2);
    const reader = open(9);
    expect((await next(reader))[0]?.frame.kind).toBe('resync');
    log.add();
    expect((await next(reader)).map((each) => each.id)).toEqual(['3']);
  });
});

describe('presence', () => {
  const ada = { id: 'ada', name: 'Ada' };
  it('comes at the start and at each change, without an id', async () => {
    presence.see('t', ada, 'c1', false);
    const reader = open();
    expect(await next(reader)).toMatchObject([
      { id: undefined, frame: { presence: { conversationId: 'c1' } } },
    ]);
    presence.see('t', ada, 'c2', true);
    const moved = (await next(reader)).map(({ frame }) => frame.kind === 'presence' && frame.presence);
    expect(moved).toMatchObject([
      { conversationId: 'c1', agents: [] },
      { conversationId: 'c2', agents: [{ typing: true }] },
    ]);
  });

  it('keeps the last word only for a reader that is slow', async () => {
    const reader = open();
    await text(reader);
    for (const typing of [true, false, true, false]) presence.see('t', ada, 'c1', typing);
    expect((await next(reader)).map(({ frame }) => frame.kind)).toEqual(['presence']);
  });
});

it('says something every 15 seconds', async () => {
  const reader = open();
  await text(reader);
  const beat = text(reader);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await beat).toBe(': \n\n');
});

describe('a reader that takes nothing', () => {
  it('is let go after a thousand changes, while one that reads is not', async () => {
    const [slow, quick] = [open(), open()];
    await Promise.all([text(slow), text(quick)]);
    log.add(1_000);
    expect(dropped).toBe(0);
    let seen = 0;
    while (seen < 1_000) seen += (await next(quick)).length;
    const waiting = next(quick);
    log.add();
    expect(dropped).toBe(1);
    expect((await waiting).map((each) => each.id)).toEqual(['1001']);
    expect((await slow.read()).done).toBe(true);
    expect(log.watchers.size).toBe(1);
  });
});

describe('the end', () => {
  it('is clean when the server stops, for whoever waits and for whoever does not', async () => {
    const [waits, idle] = [open(), open()];
    await Promise.all([text(waits), text(idle)]);
    const last = waits.read();
    stop.abort();
    expect((await last).done).toBe(true);
    expect((await idle.read()).done).toBe(true);
    expect([dropped, log.watchers.size]).toEqual([1, 0]);
  });

  it('leaves nothing behind when the reader goes', async () => {
    const reader = open();
    await text(reader);
    const pending = reader.read();
    await reader.cancel();
    expect((await pending).done).toBe(true);
    expect([log.watchers.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('comes when the log cannot be read, and the reason is told', async () => {
    const reader = open();
    await text(reader);
    const last = reader.read();
    for (const watcher of [...log.watchers]) watcher(new Error('gone'));
    expect((await last).done).toBe(true);
    expect(failures).toMatchObject([{ message: 'gone' }]);
  });
});
