import { expect, it } from 'vitest';
import type { Event } from '#contracts';
import { createLive } from './live.ts';

const event = (seq: number): Event => ({
  v: 1,
  topic: 'conversation/c',
  seq,
  type: 'message-added',
  at: new Date(0).toISOString(),
  actor: { kind: 'customer', id: 'ann' },
  data: {},
});
const seqs = (events: Event[] | undefined) => events?.map(({ seq }) => seq);

it('has at hand what was published while somebody listened, of that topic and tenant alone', () => {
  const live = createLive();
  live.publish('t', 'x', [event(1)]);
  expect(live.recent('t', 'x', 0)).toBeUndefined();
  let woken = 0;
  const leave = live.listen('t', 'x', () => woken++);
  live.publish('t', 'x', [event(2), event(3)]);
  live.publish('other', 'x', [event(2)]);
  live.publish('t', 'y', [event(2)]);
  expect(woken).toBe(1);
  expect(seqs(live.recent('t', 'x', 1))).toEqual([2, 3]);
  expect(seqs(live.recent('t', 'x', 2))).toEqual([3]);
  expect(live.recent('t', 'x', 3)).toBeUndefined();
  expect(live.recent('t', 'x', 0)).toBeUndefined();
  leave();
  expect(live.recent('t', 'x', 1)).toBeUndefined();
});

it('gives no event behind a gap, in whatever order they were published', () => {
  const live = createLive();
  live.listen('t', 'x', () => {});
  live.publish('t', 'x', [event(5)]);
  live.publish('t', 'x', [event(7)]);
  expect(seqs(live.recent('t', 'x', 4))).toEqual([5]);
  expect(live.recent('t', 'x', 5)).toBeUndefined();
  live.publish('t', 'x', [event(6)]);
  expect(seqs(live.recent('t', 'x', 5))).toEqual([6]);
  expect(seqs(live.recent('t', 'x', 6))).toEqual([7]);
});

it('lets go of what is old', () => {
  const live = createLive();
  live.listen('t', 'x', () => {});
  for (let seq = 1; seq <= 200; seq++) live.publish('t', 'x', [event(seq)]);
  expect(live.recent('t', 'x', 100)).toBeUndefined();
  expect(seqs(live.recent('t', 'x', 198))).toEqual([199, 200]);
});
