import { describe, expect, it } from 'vitest';
import type { Event, Owner } from '#contracts';
import { type Command, decide, type Receiver, type Standing } from './ownership.ts';

const [ada, ben] = [
  { id: 'ada', name: 'Ada' },
  { id: 'ben', name: 'Ben' },
];
const bot: Owner = { kind: 'bot', userId: null, teamId: null };
const waiting: Owner = { kind: 'human', userId: null, teamId: null };
const ofBen: Owner = { kind: 'human', userId: 'ben', teamId: null };
const ofAda: Owner = { kind: 'human', userId: 'ada', teamId: null };
const closedByBen: Owner = { kind: 'closed', userId: 'ben', teamId: null };

const standing = (owner: Owner): Standing => ({
  owner,
  ownerName: owner.userId === null ? null : owner.userId === 'ben' ? 'Ben' : 'Ada',
  lastMessageId: 'm1',
});
const by = (owner: Owner, command: Command) => decide(standing(owner), ada, command);

/** What Ada's command makes of a conversation: its next owner, or the refusal. */
function ownerAfter(owner: Owner, command: Command): Owner | string {
  const decision = by(owner, command);
  if ('refusal' in decision) return decision.refusal;
  const changed = decision.facts.find((each) => each.type === 'owner-changed');
  return changed ? changed.data.to : owner;
}

const take: Command = { kind: 'take', from: null, reason: null };
const reply = (rest: Partial<Command> = {}) =>
  ({ kind: 'reply', id: 'r', text: 'Hello', sendAnyway: false, news: [], ...rest }) as Command;
const person = (state: 'available' | 'away' | 'disabled'): Receiver => ({
  kind: 'person',
  userId: 'cleo',
  name: 'Cleo',
  state,
});
const wrote = (kind: 'customer' | 'agent', authorName: string | null): Event => ({
  v: 1,
  topic: 'conversation/c',
  seq: 7,
  type: 'message-added',
  at: '2026-01-01T00:00:00.000Z',
  actor: { kind, id: 'x' },
  data: { messageId: 'm2', parentId: null, text: 'News', authorName },
});

describe('take', () => {
  it('takes from the bot, from nobody and from the archive', () => {
    for (const owner of [bot, waiting, closedByBen]) expect(ownerAfter(owner, take)).toEqual(ofAda);
  });

  it('writes nothing when it is mine already', () => {
    expect(by(ofAda, take)).toEqual({ facts: [], warning: null });
  });

  it('keeps the team it waited for', () => {
    expect(ownerAfter({ ...waiting, teamId: 'billing' }, take)).toEqual({ ...ofAda, teamId: 'billing' });
  });

  it('takes from a colleague by name only, and the log says why', () => {
    expect(ownerAfter(ofBen, take)).toBe('Ben has this conversation. Take it from them by name and say why.');
    expect(ownerAfter(ofBen, { kind: 'take', from: 'cleo', reason: 'she is ill' })).toContain('Ben has this');
    const decision = by(ofBen, { kind: 'take', from: 'ben', reason: 'his shift is over' });
    expect(decision).toEqual({
      facts: [
        {
          type: 'owner-changed',
          data: { from: ofBen, to: ofAda, reason: 'took over from Ben: his shift is over' },
        },
      ],
      warning: null,
    });
  });
});

describe('reply', () => {
  it('takes the conversation before it speaks', () => {
    for (const owner of [bot, waiting, closedByBen]) {
      const decision = by(owner, reply());
      expect('facts' in decision && decision.facts).toEqual([
        { type: 'owner-changed', data: { from: owner, to: ofAda, reason: 'replied' } },
        {
          type: 'message-added',
          data: { messageId: 'r', parentId: 'm1', text: 'Hello', authorName: 'Ada' },
        },
      ]);
    }
  });

  it('only speaks when it is mine', () => {
    const decision = by(ofAda, reply());
    expect('facts' in decision && decision.facts.map((each) => each.type)).toEqual(['message-added']);
  });

  it('is refused with what was not read, and for a colleague’s customer', () => {
    const news = [wrote('customer', null)];
    expect(by(ofAda, reply({ news }))).toEqual({
      refusal: expect.stringContaining('The customer has'),
      news,
    });
    expect(ownerAfter(ofAda, reply({ news: [wrote('agent', 'Ben')] }))).toContain('Ben has written');
    expect(ownerAfter(ofBen, reply())).toBe('Ben has this conversation. Send it anyway to take it over.');
  });

  it('is sent all the same when the agent says so', () => {
    const news = [wrote('customer', null)];
    expect(ownerAfter(ofBen, reply({ news, sendAnyway: true }))).toEqual(ofAda);
  });
});

describe('what a colleague has', () => {
  it('is not transferred, released or closed by others', () => {
    const others: Command[] = [
      { kind: 'transfer', to: person('available') },
      { kind: 'release' },
      { kind: 'close' },
    ];
    for (const command of others) {
      expect(ownerAfter(ofBen, command)).toBe('Ben has this conversation. Take it from them first.');
    }
    const decision = by(ofBen, { kind: 'note', id: 'n', text: 'Look at the bill' });
    expect('facts' in decision && decision.facts.map((each) => each.type)).toEqual(['note-added']);
  });
});

describe('transfer', () => {
  it('goes to a person or to a team', () => {
    for (const owner of [bot, waiting, ofAda]) {
      expect(ownerAfter(owner, { kind: 'transfer', to: person('available') })).toEqual({
        ...ofBen,
        userId: 'cleo',
      });
      const team: Receiver = { kind: 'team', teamId: 'billing', name: 'Billing' };
      expect(ownerAfter(owner, { kind: 'transfer', to: team })).toEqual({ ...waiting, teamId: 'billing' });
    }
  });

  it('warns of someone away and refuses someone who left', () => {
    expect(by(ofAda, { kind: 'transfer', to: person('away') })).toMatchObject({ warning: 'Cleo is away.' });
    expect(ownerAfter(ofAda, { kind: 'transfer', to: person('disabled') })).toContain('does not work here');
  });
});

describe('release, close and reopen', () => {
  it('gives it back to the bot', () => {
    for (const owner of [bot, waiting, ofAda]) expect(ownerAfter(owner, { kind: 'release' })).toEqual(bot);
  });

  it('closes it and remembers whose it was', () => {
    expect(ownerAfter(ofAda, { kind: 'close' })).toEqual({ ...ofAda, kind: 'closed' });
    expect(by(closedByBen, { kind: 'close' })).toEqual({ facts: [], warning: null });
  });

  it('neither gives back nor passes on what is closed', () => {
    for (const command of [{ kind: 'release' }, { kind: 'transfer', to: person('available') }] as Command[]) {
      expect(ownerAfter(closedByBen, command)).toContain('is closed');
    }
  });

  it('reopens to whom it had last when they are there, else to anyone', () => {
    expect(ownerAfter(closedByBen, { kind: 'reopen', lastOwnerAvailable: true })).toEqual(ofBen);
    expect(ownerAfter(closedByBen, { kind: 'reopen', lastOwnerAvailable: false })).toEqual(waiting);
    expect(by(closedByBen, { kind: 'reopen', lastOwnerAvailable: false })).toMatchObject({
      warning: 'Ben is not available: it waits for anyone.',
    });
    expect(ownerAfter({ ...bot, kind: 'closed' }, { kind: 'reopen', lastOwnerAvailable: false })).toEqual(
      waiting,
    );
    expect(by(ofBen, { kind: 'reopen', lastOwnerAvailable: true })).toEqual({ facts: [], warning: null });
  });
});

it('gives the same answer to everybody alike', () => {
  expect(decide(standing(ofBen), ben, take)).toEqual({ facts: [], warning: null });
});
