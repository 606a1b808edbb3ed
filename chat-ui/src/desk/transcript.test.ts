import { describe, expect, it } from 'vitest';
import type { Event, Transcript } from '#contracts';
import { bot, entryOf, eventOf, frameOf, ownedBy, waiting } from './fixtures.ts';
import { itemsOf, type LineItem, type MessageItem, ownerLine, scoresOf } from './items.ts';
import { reloaded, withChange, withOlder } from './transcript.ts';

const said = (seq: number, text = `turn ${seq}`): Event =>
  eventOf('a', seq, 'message-added', { messageId: `m${seq}`, parentId: null, text, authorName: null });
const transcriptOf = (from: number, to: number): Transcript => ({
  entry: entryOf('a', to),
  events: Array.from({ length: to - from + 1 }, (_, index) => said(from + index)),
  before: from > 1 ? from : null,
  cursor: 100,
});
const seqs = (transcript: Transcript | null) => transcript?.events.map((event) => event.seq);

describe('a transcript', () => {
  it('grows by the next event, once', () => {
    const frame = frameOf(101, entryOf('a', 4), said(4));
    const grown = withChange(transcriptOf(1, 3), frame);
    expect(seqs(grown)).toEqual([1, 2, 3, 4]);
    expect(grown?.entry.lastSeq).toBe(4);
    expect(seqs(grown && withChange(grown, frame))).toEqual([1, 2, 3, 4]);
  });

  it('does not grow over a gap', () => {
    expect(withChange(transcriptOf(1, 3), frameOf(101, entryOf('a', 5), said(5)))).toBeNull();
  });

  it('reaches back page by page', () => {
    const whole = withOlder(transcriptOf(4, 6), transcriptOf(1, 4));
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(whole.before).toBeNull();
  });

  it('keeps what was read when it is loaded again, unless the two do not meet', () => {
    const known = withOlder(transcriptOf(4, 6), transcriptOf(2, 3));
    expect(seqs(reloaded(known, transcriptOf(5, 9)))).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(reloaded(known, transcriptOf(5, 9)).before).toBe(2);
    const far = reloaded(known, transcriptOf(8, 9));
    expect(seqs(far)).toEqual([8, 9]);
    expect(far.before).toBe(8);
  });
});

describe('what it shows', () => {
  const sentiment = {
    label: 'negative',
    score: -3,
    probabilities: { negative: 0.8, neutral: 0.1, positive: 0.1 },
  };
  const byBot = { kind: 'bot', id: 'bot' } as const;
  const ended = { state: 'complete', text: 'Restart it.', outcome: 'answered', citations: [], choices: [] };

  it('joins messages with their scores, answers and feedback', () => {
    const items = itemsOf([
      said(1, 'No internet!'),
      eventOf('a', 2, 'message-scored', { messageId: 'm1', sentiment }),
      eventOf('a', 3, 'answer-started', { messageId: 'b1', parentId: 'm1' }, byBot),
      eventOf('a', 4, 'answer-ended', { messageId: 'b1', parentId: 'm1', ...ended }, byBot),
      eventOf('a', 5, 'feedback-given', { messageId: 'b1', feedback: { vote: 'down', reason: 'no' } }),
      eventOf('a', 6, 'answer-started', { messageId: 'b2', parentId: 'm1' }, byBot),
    ]) as MessageItem[];
    expect(items.map(({ id, state, again }) => [id, state, again])).toEqual([
      ['m1', 'complete', 0],
      ['b1', 'complete', 0],
      ['b2', 'streaming', 1],
    ]);
    expect(items[0]?.sentiment?.score).toBe(-3);
    expect(items[1]).toMatchObject({ text: 'Restart it.', outcome: 'answered', feedback: { vote: 'down' } });
    expect(scoresOf(items)).toEqual([{ id: 'm1', score: -3, label: 'negative', text: 'No internet!' }]);
  });

  it('has an answer whose beginning is on the page before, and says what was erased', () => {
    const items = itemsOf([
      eventOf('a', 9, 'answer-ended', { messageId: 'b1', parentId: 'm1', ...ended }, byBot),
      eventOf('a', 10, 'message-added', null),
      eventOf('a', 11, 'something-newer', { any: 1 }),
    ]);
    expect(items.map((item) => item.kind)).toEqual(['message', 'erased']);
  });

  it('tells who has the conversation in words', () => {
    const name = (id: string) => ({ ana: 'Ana', ben: 'Ben', bills: 'Billing' })[id] ?? id;
    const byAna = { kind: 'agent', id: 'ana' } as const;
    const line = (actor: Event['actor'], from: object, to: object, reason: string) =>
      ownerLine(
        itemsOf([eventOf('a', 1, 'owner-changed', { from, to, reason }, actor)])[0] as LineItem,
        name,
      );
    const closed = { kind: 'closed', userId: 'ana', teamId: null };
    expect([
      line({ kind: 'customer', id: 'c' }, bot, waiting, 'asked for a person'),
      line(byAna, waiting, ownedBy('ana'), 'took over'),
      line(byAna, ownedBy('ben'), ownedBy('ana'), 'took over from Ben: he is ill'),
      line(byAna, bot, ownedBy('ana'), 'replied'),
      line(byAna, ownedBy('ana'), ownedBy('ben'), 'passed to Ben'),
      line(byAna, ownedBy('ana'), { ...waiting, teamId: 'bills' }, 'passed to Billing'),
      line(byAna, ownedBy('ana'), bot, 'given back to the bot'),
      line(byAna, ownedBy('ana'), closed, 'closed'),
      line(byAna, closed, ownedBy('ana'), 'reopened'),
    ]).toEqual([
      'The customer asked for a person',
      'Ana took over',
      'Ana took over from Ben: he is ill',
      'Ana replied and took over',
      'Ana passed the conversation to Ben',
      'Ana passed the conversation to Billing',
      'Ana gave the conversation back to the bot',
      'Ana closed the conversation',
      'Ana reopened the conversation',
    ]);
  });
});
