import { beforeEach, describe, expect, it } from 'vitest';
import type { Presence } from '#contracts';
import type { ChangeFrame } from './frames.ts';
import { createPresence, type PresenceBoard } from './presence.ts';
import { type Told, tellDesk } from './stream.ts';

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
let dropped: number;
beforeEach(() => {
  log = fakeLog();
  presence = createPresence();
  dropped = 0;
});

/** A reader whose stream is open. */
async function open(since?: number) {
  const leave = new AbortController();
  const parts = {
    watch: log.watch,
    presence: {
      list: () => presence.list('t'),
      listen: (onChange: (presence: Presence) => void) => presence.listen('t', onChange),
    },
    since,
    drop: () => void dropped++,
  };
  const stream = tellDesk(parts, leave.signal);
  expect((await stream.next()).value).toEqual([]);
  const next = async (): Promise<Told[]> => (await stream.next()).value ?? [];
  return { stream, next, leave: () => leave.abort() };
}
const places = (told: Told[]) => told.map((each) => each.place);

describe('changes', () => {
  it('come in order with their place, those of before and those of now', async () => {
    log.add(2);
    const { next } = await open(0);
    expect(places(await next())).toEqual([1, 2]);
    const later = next();
    log.add();
    expect(await later).toEqual([{ frame: log.frames[2], place: 3 }]);
  });

  it('begin now for a reader without a place', async () => {
    log.add(2);
    const { next } = await open();
    log.add();
    expect(places(await next())).toEqual([3]);
  });

  it('make way for a word to load again when the place is ahead, too old or no longer there', async () => {
    log.add(6_000);
    for (const since of [6_001, 999]) {
      const { next } = await open(since);
      expect(await next()).toEqual([{ frame: { kind: 'resync', cursor: 6_000 }, place: 6_000 }]);
    }
    const { next } = await open(1_000);
    log.frames.splice(1_000, 1);
    expect((await next())[0]?.frame.kind).toBe('resync');
  });

  it('go on after that word', async () => {
    log.add(2);
    const { next } = await open(9);
    expect((await next())[0]?.frame.kind).toBe('resync');
    log.add();
    expect(places(await next())).toEqual([3]);
  });
});

describe('presence', () => {
  const ada = { id: 'ada', name: 'Ada' };
  const at = (conversationId: string, ...typing: boolean[]) => ({
    frame: {
      kind: 'presence',
      presence: {
        conversationId,
        agents: typing.map((each) => ({ userId: 'ada', name: 'Ada', typing: each })),
      },
    },
  });

  it('comes at the start and at each change, without a place', async () => {
    presence.see('t', ada, 'c1', false);
    const { next } = await open();
    expect(await next()).toEqual([at('c1', false)]);
    presence.see('t', ada, 'c2', true);
    expect(await next()).toEqual([at('c1'), at('c2', true)]);
  });

  it('is the last word only for a reader that is slow, and once', async () => {
    const { next } = await open();
    for (const typing of [true, false, true]) presence.see('t', ada, 'c1', typing);
    expect(await next()).toEqual([at('c1', true)]);
    log.add();
    expect(places(await next())).toEqual([1]);
  });
});

describe('a reader that takes nothing', () => {
  it('is let go after a thousand changes, whether or not it ever took one', async () => {
    log.add(3_000);
    const [{ next }] = [await open(), await open()];
    log.add();
    await next();
    log.add(999);
    expect(dropped).toBe(0);
    log.add();
    expect(dropped).toBe(1);
    log.add();
    expect(dropped).toBe(3);
  });

  it('is not one that waits, however much comes at once', async () => {
    const { next } = await open();
    const waiting = next();
    log.add(2_000);
    let seen = (await waiting).length;
    while (seen < 2_000) seen += (await next()).length;
    expect(dropped).toBe(0);
  });
});

describe('the end', () => {
  it('comes when the reader leaves, waiting or not, and nothing is left behind', async () => {
    const [waits, idle] = [await open(), await open()];
    const last = waits.stream.next();
    waits.leave();
    expect((await last).done).toBe(true);
    idle.leave();
    expect((await idle.stream.next()).done).toBe(true);
    expect(log.watchers.size).toBe(0);
  });

  it('comes with the reason when the log cannot be read', async () => {
    const { stream } = await open();
    const last = stream.next();
    for (const watcher of [...log.watchers]) watcher(new Error('gone'));
    await expect(last).rejects.toThrow('gone');
    expect(log.watchers.size).toBe(0);
  });
});
