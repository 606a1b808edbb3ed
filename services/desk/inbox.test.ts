import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InboxQuery, inboxQuery } from '#contracts';
import { type DeskWorld, openDesk } from '../../test/fixtures/desk.ts';
import { generation } from '../db/schema/index.ts';
import type { Principal } from '../principal.ts';

let world: DeskWorld;
let ada: Principal;
let ben: Principal;
const ids: Record<string, string> = {};
const take = { from: null, reason: null };
beforeAll(async () => {
  world = await openDesk();
  ada = await world.hire('Ada');
  ben = await world.hire('Ben');
  ids.bot = await world.open('Zoë Müller', 'My parcel is late', 'It was promised for Monday');
  ids.mine = await world.open('Omar', 'Where is my refund_100%?');
  ids.others = await world.open('Pia', 'The router blinks amber');
  ids.waiting = await world.open('Quinn', 'Cancel my contract');
  ids.closed = await world.open('Rosa', 'Thanks, the parcel came');
  await world.desk.take(ada, ids.mine, take);
  await world.desk.take(ben, ids.others, take);
  await world.desk.take(ada, ids.closed, take);
  await world.desk.close(ada, ids.closed);
  const team = await world.team('Billing');
  await world.desk.transfer(ada, ids.waiting, { userId: null, teamId: team });
});
afterAll(() => world?.db.close());

const list = (query: Partial<Record<keyof InboxQuery, unknown>> = {}, who = ada) =>
  world.desk.inbox(who, inboxQuery.parse(query));
/** The names under which the test knows what a query lists. */
async function names(query: Partial<Record<keyof InboxQuery, unknown>>, who?: Principal): Promise<string[]> {
  const { entries } = await list(query, who);
  return entries.map((entry) => Object.keys(ids).find((name) => ids[name] === entry.id) ?? '?');
}

describe('views', () => {
  it('show what is open, latest change first', async () => {
    expect(await names({})).toEqual(['waiting', 'others', 'mine', 'bot']);
    expect(await names({ view: 'mine' })).toEqual(['mine']);
    expect(await names({ view: 'mine' }, ben)).toEqual(['others']);
    expect(await names({ view: 'unassigned' })).toEqual(['waiting']);
    expect(await names({ view: 'bot' })).toEqual(['bot']);
  });

  it('show what is closed when asked', async () => {
    expect(await names({ closed: 'true' })).toEqual(['closed']);
    expect(await names({ closed: 'true', view: 'mine' })).toEqual(['closed']);
    expect(await names({ closed: 'true', view: 'mine' }, ben)).toEqual([]);
    expect(await names({ closed: 'true', view: 'bot' })).toEqual([]);
  });

  it('are counted whatever is searched', async () => {
    const open = { mine: 1, unassigned: 1, bot: 1, all: 4 };
    expect((await list({ search: 'router' })).counts).toEqual(open);
    expect((await list({ closed: 'true' })).counts).toEqual({ mine: 1, unassigned: 0, bot: 0, all: 1 });
  });
});

describe('search', () => {
  it('finds words of any message, the last one also by its beginning', async () => {
    expect(await names({ search: 'promised' })).toEqual(['bot']);
    expect(await names({ search: 'monday promis' })).toEqual(['bot']);
    expect(await names({ search: 'promis monday' })).toEqual([]);
    expect(await names({ search: 'PARCEL' })).toEqual(['bot']);
    expect(await names({ search: 'parcel', closed: 'true' })).toEqual(['closed']);
    expect(await names({ search: 'parcel', view: 'mine' })).toEqual([]);
  });

  it('knows quotes, or and exclusion', async () => {
    expect(await names({ search: '"promised for"' })).toEqual(['bot']);
    expect(await names({ search: '"for promised"' })).toEqual([]);
    expect(await names({ search: 'amber or refund' })).toEqual(['others', 'mine']);
    expect(await names({ search: 'my -contract' })).toEqual(['mine', 'bot']);
  });

  it('finds names and titles as they are written, and takes no sign for a pattern', async () => {
    expect(await names({ search: 'zoë m' })).toEqual(['bot']);
    expect(await names({ search: 'refund_100%' })).toEqual(['mine']);
    for (const search of ['%', '_', '\\', "'", '"', '-', '!', ':*', '(', '🙂']) {
      const found = await names({ search });
      expect([search, found.filter((name) => name !== 'mine')]).toEqual([search, []]);
    }
  });
});

describe('pages', () => {
  it('neither repeat nor skip what stays, while others move to the top', async () => {
    const first = await list({ limit: 2 });
    expect(first.entries.map((each) => each.id)).toEqual([ids.waiting, ids.others]);
    await world.say(ids.mine ?? '', 'Hello?');
    const second = await list({ limit: 2, after: first.next });
    expect(second.entries.map((each) => each.id)).toEqual([ids.bot]);
    expect(second.next).toBeNull();
    expect(second.cursor).toBe(first.cursor + 1);
    expect(await names({})).toEqual(['mine', 'waiting', 'others', 'bot']);
  });

  it('follow no made-up mark', async () => {
    for (const after of ['x', '1', '1.', "1.'", '999999999999999.a']) {
      const refused = await list({ after }).then(
        () => 'listed',
        (error) => error.code,
      );
      expect([after, refused]).toEqual([after, 'invalid_input']);
    }
  });
});

it('says in which conversation an answer is being written', async () => {
  const running = { conversationId: ids.bot ?? '', messageId: 'm', state: 'running' as const };
  const ended = { conversationId: ids.waiting ?? '', messageId: 'm', state: 'complete' as const };
  await world.db.withTenant('t', (tx) => tx.insert(generation).values([running, ended]));
  const { entries } = await list();
  expect(entries.filter((entry) => entry.generating).map((entry) => entry.id)).toEqual([ids.bot]);
  const taken = await world.desk.take(ada, ids.bot ?? '', take);
  expect(taken.entry).toMatchObject({ generating: true, owner: { userId: 'usr_ada' } });
  await world.desk.release(ada, ids.bot ?? '');
});

describe('the transcript', () => {
  it('comes in pages from its end, with notes', async () => {
    const id = await world.open('Long', ...Array.from({ length: 120 }, (_, n) => `message ${n}`));
    await world.desk.note(ada, id, { id: 'n', text: 'Patient' });
    const latest = await world.desk.transcript(ada, id);
    expect(latest.events).toHaveLength(100);
    expect(latest.events.at(-1)?.type).toBe('note-added');
    const earlier = await world.desk.transcript(ada, id, latest.before ?? 0);
    const seqs = [...earlier.events, ...latest.events].map((each) => each.seq);
    expect(seqs).toEqual(Array.from({ length: 122 }, (_, n) => n + 1));
    expect(earlier.before).toBeNull();
    expect(latest.cursor).toBe((await list()).cursor);
  });
});
