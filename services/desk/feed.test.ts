import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskWorld, openDesk } from '../../test/fixtures/desk.ts';
import type { Database } from '../db/database.ts';
import { createFeed, type Watch } from './feed.ts';
import type { ChangeFrame } from './frames.ts';

const soon = { timeout: 20_000 };

let world: DeskWorld;
/** Transactions that were opened to read. */
let reads = 0;
let counted: Database;
beforeAll(async () => {
  world = await openDesk();
  counted = {
    ...world.db,
    withTenant(tenant, work) {
      reads++;
      return world.db.withTenant(tenant, work);
    },
  };
});
afterAll(() => world?.db.close());

/** Someone who watches from `since` on and takes what there is at every growth. */
function watcher(open: ReturnType<typeof createFeed>, since: number) {
  const frames: ChangeFrame[] = [];
  let busy = Promise.resolve();
  const take = async () => {
    for (;;) {
      const more = await watch.after(frames.at(-1)?.cursor ?? since);
      if (more.length === 0) return;
      frames.push(...more);
    }
  };
  const watch: Watch = open('t', () => {
    busy = busy.then(take);
  });
  return { frames, watch, cursors: () => frames.map((each) => each.cursor) };
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

it('gives whoever watches what was and what comes, each with its conversation', async () => {
  const open = createFeed(world.db, world.live);
  const id = await world.open('Eve', 'Help');
  const { frames, watch, cursors } = watcher(open, 0);
  await expect.poll(cursors, soon).toEqual(upTo(2));
  await world.say(id, 'Hello?');
  await expect.poll(cursors, soon).toEqual(upTo(3));
  expect(frames.at(-1)).toMatchObject({
    kind: 'change',
    event: { topic: `conversation/${id}`, seq: 3, data: { text: 'Hello?' } },
    entry: { id, preview: 'Hello?', lastSeq: 3, generating: false },
  });
  watch.leave();
});

it('reads a change once for all who watch', async () => {
  const open = createFeed(counted, world.live);
  const id = await world.open('Eve');
  const start = await world.desk.inbox(await world.hire('Ada'), { view: 'all', closed: false, limit: 1 });
  const crowd = upTo(10).map(() => watcher(open, start.cursor));
  await expect.poll(() => crowd[0]?.watch.end, soon).toBe(start.cursor);
  const before = reads;
  for (const text of ['a', 'b', 'c']) await world.say(id, text);
  const all = upTo(start.cursor + 3, start.cursor + 1);
  await expect.poll(() => crowd.map((each) => each.cursors()), soon).toEqual(crowd.map(() => all));
  // One read finds each change and one finds that there is no more, at most.
  expect(reads - before).toBeLessThanOrEqual(8);
  for (const each of crowd) each.watch.leave();
});

it('has what is older than its memory from the log', async () => {
  const open = createFeed(world.db, world.live, 10);
  const id = await world.open('Eve');
  const present = watcher(open, 0);
  for (const part of upTo(3)) {
    await world.ledger.change({ tenant: 't', customer: null }, id, async ({ add }) => {
      const offer = (n: number) => ({ reason: `${part}.${n}` });
      for (const n of upTo(100)) await add({ kind: 'system', id: 's' }, 'handoff-offered', offer(n));
    });
  }
  const last = await present.watch.last();
  await expect.poll(() => present.frames.at(-1)?.cursor, soon).toBe(last);
  const late = watcher(open, 0);
  await world.say(id, 'Still there?');
  await expect.poll(() => late.frames.at(-1)?.cursor, soon).toBe(last + 1);
  expect(late.cursors()).toEqual(upTo(last + 1));
  expect(present.cursors()).toEqual(upTo(last + 1));
  present.watch.leave();
  late.watch.leave();
});

it('stops reading when the last one leaves, and begins anew for the next', async () => {
  const open = createFeed(counted, world.live);
  const id = await world.open('Eve');
  const first = watcher(open, 0);
  await expect.poll(() => first.frames.length, soon).toBeGreaterThan(0);
  first.watch.leave();
  const [before, seen] = [reads, first.frames.length];
  await world.say(id, 'Nobody reads this now');
  expect([reads, first.frames.length]).toEqual([before, seen]);
  const second = watcher(open, seen);
  await expect.poll(() => second.frames.length, soon).toBeGreaterThan(0);
  second.watch.leave();
});
