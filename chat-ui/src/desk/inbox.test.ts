import { describe, expect, it } from 'vitest';
import type { InboxPage } from '#contracts';
import { bot, entryOf, eventOf, frameOf, ownedBy, waiting } from './fixtures.ts';
import { changedPlaces, type Filter, inboxOf, orderOf, reordered, withFrame, withPage } from './inbox.ts';

const all: Filter = { view: 'all', closed: false, search: '', me: 'ana' };
const page: InboxPage = {
  entries: [entryOf('c', 30), entryOf('b', 20), entryOf('a', 10)],
  counts: { mine: 0, unassigned: 0, bot: 3, all: 3 },
  next: 'more',
  cursor: 100,
};
const start = inboxOf(page);

describe('the list', () => {
  it('tells a change in its place and says how many places changed', () => {
    const inbox = withFrame(start, frameOf(101, entryOf('a', 40, { preview: 'again' })), all);
    expect(inbox.shown).toEqual(['c', 'b', 'a']);
    expect(inbox.entries.a?.preview).toBe('again');
    expect(changedPlaces(inbox, all)).toBe(1);
    const after = reordered(inbox, all);
    expect(after.shown).toEqual(['a', 'c', 'b']);
    expect(changedPlaces(after, all)).toBe(0);
  });

  it('holds back what is new until the order is refreshed', () => {
    const inbox = withFrame(start, frameOf(101, entryOf('d', 40)), all);
    expect(inbox.shown).toEqual(['c', 'b', 'a']);
    expect(changedPlaces(inbox, all)).toBe(1);
    expect(orderOf(inbox, all)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('keeps what left the view on the screen until the order is refreshed', () => {
    const closed = { kind: 'closed', userId: null, teamId: null } as const;
    const inbox = withFrame(start, frameOf(101, entryOf('c', 40, { owner: closed })), all);
    expect(inbox.shown).toContain('c');
    expect(changedPlaces(inbox, all)).toBe(1);
    expect(reordered(inbox, all).shown).toEqual(['b', 'a']);
  });

  it('never goes back to an older state of an entry', () => {
    const newer = withFrame(start, frameOf(102, entryOf('a', 50, { preview: 'new' })), all);
    const older = withFrame(newer, frameOf(101, entryOf('a', 40, { preview: 'old' })), all);
    expect(older.entries.a?.preview).toBe('new');
  });

  it('shows nothing new among the results of a search, but keeps them up to date', () => {
    const search = { ...all, search: 'router' };
    const inbox = withFrame(start, frameOf(101, entryOf('d', 40)), search);
    expect(orderOf(inbox, search)).toEqual(['c', 'b', 'a']);
    const changed = withFrame(start, frameOf(101, entryOf('a', 40, { preview: 'again' })), search);
    expect(changed.entries.a?.preview).toBe('again');
  });

  it('appends a page without repeating what moved up meanwhile', () => {
    const moved = reordered(withFrame(start, frameOf(101, entryOf('z', 40)), all), all);
    const inbox = withPage(moved, { ...page, entries: [entryOf('z', 5), entryOf('y', 4)], next: null });
    expect(inbox.shown).toEqual(['z', 'c', 'b', 'a', 'y']);
    expect(inbox.entries.z?.lastSeq).toBe(40);
    expect(inbox.next).toBeNull();
  });
});

describe('counts', () => {
  const changed = (from: unknown, to: unknown) =>
    eventOf('a', 40, 'owner-changed', { from, to, reason: 'x' });

  it('follow who has a conversation', () => {
    const asked = withFrame(
      start,
      frameOf(101, entryOf('a', 40, { owner: waiting }), changed(bot, waiting)),
      all,
    );
    expect(asked.counts).toEqual({ mine: 0, unassigned: 1, bot: 2, all: 3 });
    const mine = ownedBy('ana');
    const taken = withFrame(
      asked,
      frameOf(102, entryOf('a', 41, { owner: mine }), changed(waiting, mine)),
      all,
    );
    expect(taken.counts).toEqual({ mine: 1, unassigned: 0, bot: 2, all: 3 });
    const closed = { ...mine, kind: 'closed' as const };
    const done = withFrame(
      taken,
      frameOf(103, entryOf('a', 42, { owner: closed }), changed(mine, closed)),
      all,
    );
    expect(done.counts).toEqual({ mine: 0, unassigned: 0, bot: 2, all: 2 });
  });

  it('count a change once, however often it is told', () => {
    const frame = frameOf(101, entryOf('d', 40), eventOf('d', 1, 'conversation-opened', { customerId: 'x' }));
    const once = withFrame(start, frame, all);
    expect(once.counts.all).toBe(4);
    expect(withFrame(once, frame, all).counts.all).toBe(4);
  });

  it('are of the closed ones while those are listed', () => {
    const filter = { ...all, closed: true };
    const empty = inboxOf({
      entries: [],
      counts: { mine: 0, unassigned: 0, bot: 0, all: 0 },
      next: null,
      cursor: 1,
    });
    const closed = { kind: 'closed', userId: 'ana', teamId: null } as const;
    const frame = frameOf(2, entryOf('a', 40, { owner: closed }), changed(ownedBy('ana'), closed));
    const inbox = withFrame(empty, frame, filter);
    expect(inbox.counts).toEqual({ mine: 1, unassigned: 0, bot: 0, all: 1 });
    expect(orderOf(inbox, { ...filter, view: 'mine' })).toEqual(['a']);
  });
});
