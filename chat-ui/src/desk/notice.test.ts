import { describe, expect, it } from 'vitest';
import { bot, entryOf, eventOf, frameOf, ownedBy, waiting } from './fixtures.ts';
import { noticeOf } from './notice.ts';

describe('an agent is told', () => {
  const byCustomer = { kind: 'customer', id: 'cus_1' } as const;
  const agent = (id: string) => ({ kind: 'agent', id }) as const;
  const titleOf = (entry: ReturnType<typeof entryOf>, event: ReturnType<typeof eventOf>) =>
    noticeOf(frameOf(1, entry, event), 'ana')?.title;
  const changed = (from: object, to: object, actor: ReturnType<typeof eventOf>['actor']) =>
    eventOf('a', 5, 'owner-changed', { from, to, reason: 'x' }, actor);
  const said = (actor: ReturnType<typeof eventOf>['actor']) =>
    eventOf('a', 5, 'message-added', { messageId: 'm', text: 'hello there' }, actor);
  const entry = (owner: Parameters<typeof entryOf>[2]) => entryOf('a', 5, { customerName: 'Tom', ...owner });

  it('who waits, what was passed to them and what their customers write', () => {
    expect(titleOf(entry({ owner: waiting }), changed(bot, waiting, byCustomer))).toBe(
      'Tom waits for a person',
    );
    const mine = ownedBy('ana');
    expect(titleOf(entry({ owner: mine }), changed(ownedBy('ben'), mine, agent('ben')))).toBe(
      'Tom was passed to you',
    );
    expect(noticeOf(frameOf(1, entry({ owner: mine }), said(byCustomer)), 'ana')).toEqual({
      title: 'Tom wrote',
      text: 'hello there',
      conversation: 'a',
    });
  });

  it('nothing of what they did themselves, or what is others’', () => {
    const mine = ownedBy('ana');
    const theirs = ownedBy('ben');
    expect(titleOf(entry({ owner: mine }), changed(bot, mine, agent('ana')))).toBeUndefined();
    expect(titleOf(entry({ owner: theirs }), changed(waiting, theirs, agent('ben')))).toBeUndefined();
    expect(titleOf(entry({ owner: theirs }), said(byCustomer))).toBeUndefined();
    expect(titleOf(entry({ owner: bot }), said(byCustomer))).toBeUndefined();
    expect(titleOf(entry({ owner: mine }), said(agent('ana')))).toBeUndefined();
  });
});
