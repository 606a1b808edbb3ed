import { describe, expect, it } from 'vitest';
import type { Intent, Message } from '#contracts';
import { entriesOf } from './entries.ts';
import type { Outgoing } from './outgoing.ts';
import { startersOf } from './starters.ts';
import { beginning, type Thread } from './thread.ts';

const message = (id: string, seq: number, change: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'c',
  parentId: null,
  author: 'customer',
  authorName: null,
  text: id,
  state: 'complete',
  outcome: null,
  citations: [],
  choices: [],
  sentiment: null,
  feedback: null,
  seq,
  createdAt: '2026-01-10T12:00:00.000Z',
  ...change,
});
const answer = (id: string, seq: number, change: Partial<Message> = {}) =>
  message(id, seq, { author: 'bot', parentId: 'q', ...change });
const outgoing = (id: string, state: Outgoing['state']): Outgoing => ({
  id,
  conversation: 'c',
  text: id,
  at: '2026-01-10T12:00:00.000Z',
  state,
});
const thread = (change: Partial<Thread>): Thread => ({ ...beginning('c', 'en'), stored: true, ...change });
const keys = (parts: Partial<Parameters<typeof entriesOf>[0]>) =>
  entriesOf({
    thread: thread({}),
    chosen: {},
    outgoing: [],
    answer: undefined,
    busy: false,
    ...parts,
  }).map(({ kind, key }) => `${kind} ${key}`);

describe('what stands in a conversation', () => {
  it('is in the order of the log, with what happened between the messages', () => {
    const lines = [{ seq: 2, at: '', kind: 'waiting' as const }];
    expect(keys({ thread: thread({ messages: [message('q', 1), message('q2', 3)], lines }) })).toEqual([
      'message q',
      'line line-2',
      'message q2',
    ]);
  });

  it('leaves out lines that belong to a page that is not loaded', () => {
    const lines = [2, 9].map((seq) => ({ seq, at: '', kind: 'bot' as const }));
    expect(keys({ thread: thread({ messages: [message('q', 5)], lines, before: 5 }) })).toEqual([
      'message q',
      'line line-9',
    ]);
  });

  it('ends with what is on its way, its answer before what still waits', () => {
    const sent = [outgoing('one', 'sending'), outgoing('two', 'waiting')];
    expect(keys({ outgoing: sent, busy: true })).toEqual([
      'outgoing one',
      'thinking thinking',
      'outgoing two',
    ]);
    const streamed = answer('a', Number.MAX_SAFE_INTEGER, { state: 'streaming' });
    expect(keys({ outgoing: sent, busy: true, answer: streamed })).toEqual([
      'outgoing one',
      'message a',
      'outgoing two',
    ]);
  });

  it('shows nothing twice once the log has it', () => {
    const messages = [message('q', 1), answer('a', 2, { state: 'streaming', text: '' })];
    const parts = { thread: thread({ messages }), outgoing: [outgoing('q', 'sent')], busy: true };
    expect(keys(parts)).toEqual(['message q', 'message a']);
    const streamed = answer('a', Number.MAX_SAFE_INTEGER, { state: 'streaming', text: 'so far' });
    const entries = entriesOf({ ...parts, chosen: {}, answer: streamed });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({ message: { text: 'so far', seq: 2 } });
  });

  it('does not think for people', () => {
    const { conversation } = thread({});
    const owner = { kind: 'human' as const, userId: null, teamId: null };
    expect(keys({ thread: thread({ conversation: { ...conversation, owner } }), busy: true })).toEqual([]);
  });
});

it('begins with questions that have an answer, in the language or else in English', () => {
  const intent = (name: string, examples: Intent['examples'], kind: 'answer' | 'handoff' = 'answer') =>
    ({
      name,
      description: name,
      examples,
      action: kind === 'answer' ? { kind, article: name } : { kind },
    }) as Intent;
  const intents = [
    intent('fee', { en: ['late fee refund', 'What is this fee?'], es: ['¿Qué es este recargo?'] }),
    intent('person', { en: ['Can I talk to a person?'] }, 'handoff'),
    intent('plan', { en: ['How do I change my plan?'] }),
    intent('sigh', { en: ['no internet again'] }),
  ];
  expect(startersOf(intents, 'en')).toEqual(['What is this fee?', 'How do I change my plan?']);
  expect(startersOf(intents, 'es')).toEqual(['¿Qué es este recargo?', 'How do I change my plan?']);
});
