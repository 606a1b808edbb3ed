import { describe, expect, it } from 'vitest';
import type { Event, Message } from '#contracts';
import { shownOf } from './branches.ts';
import {
  answering,
  beginning,
  reloaded,
  sinceOf,
  type Thread,
  threadOf,
  withEvent,
  withOlder,
} from './thread.ts';

const at = (seq: number) => new Date(Date.UTC(2026, 0, 10, 12, 0, seq)).toISOString();
const event = (
  seq: number,
  type: string,
  data: Record<string, unknown> | null,
  kind: Event['actor']['kind'] = 'customer',
): Event => ({ v: 1, topic: 'conversation/c', seq, type, at: at(seq), actor: { kind, id: '' }, data });
const opened = (seq: number, language: string) =>
  event(seq, 'conversation-opened', { customerId: 'k', customerName: null, language });
const said = (
  seq: number,
  id: string,
  kind: Event['actor']['kind'] = 'customer',
  authorName: string | null = null,
) => event(seq, 'message-added', { messageId: id, parentId: null, text: id, authorName }, kind);
const owner = (seq: number, from: string, to: string, by: Event['actor']['kind']) =>
  event(
    seq,
    'owner-changed',
    {
      from: { kind: from, userId: null, teamId: null },
      to: { kind: to, userId: null, teamId: null },
      reason: '',
    },
    by,
  );
const started = (seq: number, id: string, parentId: string) =>
  event(seq, 'answer-started', { messageId: id, parentId }, 'bot');
const ended = (seq: number, id: string, parentId: string, text = 'Restart it.') =>
  event(
    seq,
    'answer-ended',
    { messageId: id, parentId, state: 'complete', text, outcome: 'answered', citations: [], choices: [] },
    'bot',
  );
const play = (events: Event[], from: Thread = { ...beginning('c', 'en'), stored: true }) =>
  events.reduce(withEvent, from);

describe('a thread', () => {
  const events = [said(1, 'q'), started(2, 'a', 'q'), ended(3, 'a', 'q'), said(4, 'q2')];

  it('grows by what happens and is the same when it is told twice', () => {
    const once = play(events);
    expect(once.messages.map(({ id, state, text }) => [id, state, text])).toEqual([
      ['q', 'complete', 'q'],
      ['a', 'complete', 'Restart it.'],
      ['q2', 'complete', 'q2'],
    ]);
    expect(play(events, once)).toEqual(once);
    expect(once.conversation).toMatchObject({ lastSeq: 4, generating: false });
  });

  it('never takes a finished answer back to its beginning', () => {
    const { conversation, messages } = play(events);
    const loaded = threadOf(conversation, { messages, before: null });
    expect(play(events, loaded).messages).toEqual(messages);
    // The messages may have been read a moment after the conversation was.
    const earlier = threadOf({ ...conversation, lastSeq: 2 }, { messages, before: null });
    expect(play(events.slice(2), earlier).messages).toEqual(messages);
  });

  it('is told between the messages what happened there, also for what was loaded', () => {
    const whole = [...events, owner(5, 'bot', 'human', 'customer'), owner(6, 'human', 'human', 'agent')];
    const { conversation, messages } = play(whole);
    const loaded = play(whole, threadOf(conversation, { messages, before: null }));
    expect(loaded.lines.map(({ seq, kind }) => [seq, kind])).toEqual([
      [5, 'waiting'],
      [6, 'joined'],
    ]);
  });

  it('reaches back by pages and keeps them when it is loaded again', () => {
    const messages = play(Array.from({ length: 6 }, (_, index) => said(index + 1, `m${index + 1}`))).messages;
    const { conversation } = play([said(6, 'm6')]);
    const latest = threadOf(conversation, { messages: messages.slice(3), before: 4 });
    expect(sinceOf(latest)).toBe(3);
    const whole = withOlder(latest, { messages: messages.slice(0, 3), before: null });
    expect(whole.messages).toEqual(messages);
    expect(sinceOf(whole)).toBe(0);
    expect(reloaded(whole, latest).messages).toEqual(messages);
    expect(reloaded(whole, latest).before).toBeNull();
    expect(reloaded(undefined, latest)).toBe(latest);
  });

  it('stays stored when it was asked for before it was', () => {
    const stored = play([opened(1, 'es'), said(2, 'q')]);
    expect(reloaded(stored, beginning('c', 'en'))).toBe(stored);
    expect(stored.conversation.language).toBe('es');
  });

  it('goes on with what an erased event leaves', () => {
    expect(play([said(1, 'q'), event(2, 'message-added', null)]).known).toBe(2);
  });
});

describe('who answers', () => {
  const kindAfter = (...events: Event[]) => answering(play(events));

  it('is the bot until a person is asked for, who has a name once they wrote', () => {
    const asked = owner(2, 'bot', 'human', 'customer');
    const joined = owner(3, 'human', 'human', 'agent');
    expect(kindAfter(said(1, 'q'))).toEqual({ kind: 'bot' });
    expect(kindAfter(said(1, 'q'), asked)).toEqual({ kind: 'waiting', since: at(2) });
    expect(kindAfter(said(1, 'q'), asked, joined)).toEqual({ kind: 'person', name: null });
    expect(kindAfter(said(1, 'q'), asked, joined, said(4, 'a', 'agent', 'Ana'))).toEqual({
      kind: 'person',
      name: 'Ana',
    });
  });

  it('is a person, and not “You”, where who works here has no name', () => {
    const events = [owner(1, 'bot', 'human', 'agent'), said(2, 'a', 'agent', 'You')];
    expect(kindAfter(...events)).toEqual({ kind: 'person', name: 'A person' });
  });

  it('forgets the person once the bot has it back', () => {
    const events = [
      owner(1, 'bot', 'human', 'agent'),
      said(2, 'a', 'agent', 'Ana'),
      owner(3, 'human', 'bot', 'agent'),
    ];
    expect(kindAfter(...events)).toEqual({ kind: 'bot' });
    expect(kindAfter(...events, owner(4, 'bot', 'human', 'customer'))).toEqual({
      kind: 'waiting',
      since: at(4),
    });
  });

  it('does not tell which person passed it to which', () => {
    const events = [owner(1, 'bot', 'human', 'agent'), owner(2, 'human', 'human', 'agent')];
    expect(play(events).lines.map((line) => line.kind)).toEqual(['joined']);
  });

  it('takes back an offer once it is accepted', () => {
    const offered = play([event(1, 'handoff-offered', { reason: 'angry' }, 'bot')]);
    expect(offered.offered).toBe(true);
    expect(play([owner(2, 'bot', 'human', 'customer')], offered).offered).toBe(false);
  });
});

describe('branches', () => {
  const { messages } = play([
    said(1, 'q'),
    started(2, 'a1', 'q'),
    ended(3, 'a1', 'q'),
    said(4, 'q2'),
    started(5, 'a2', 'q'),
  ]);
  const ids = (chosen: Record<string, string>, of: Message[] = messages) =>
    shownOf(of, chosen).map(({ message, siblings }) => [message.id, siblings.length]);

  it('show the latest answer in the place of the first, or the chosen one', () => {
    expect(ids({})).toEqual([
      ['q', 1],
      ['a2', 2],
      ['q2', 1],
    ]);
    expect(ids({ q: 'a1' })[1]).toEqual(['a1', 2]);
    expect(ids({ q: 'gone' })[1]).toEqual(['a2', 2]);
  });
});
