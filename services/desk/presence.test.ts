import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Presence } from '#contracts';
import { createPresence, type PresenceBoard } from './presence.ts';

const [ada, ben] = [
  { id: 'ada', name: 'Ada' },
  { id: 'ben', name: 'Ben' },
];
let board: PresenceBoard;
let told: Presence[];
beforeEach(() => {
  vi.useFakeTimers();
  board = createPresence();
  told = [];
  board.listen('t', (presence) => told.push(presence));
});
afterEach(() => vi.useRealTimers());

const at = (conversationId: string, ...agents: [string, string, boolean][]): Presence => ({
  conversationId,
  agents: agents.map(([userId, name, typing]) => ({ userId, name, typing })),
});

it('tells who is at a conversation, once for each change', () => {
  board.see('t', ada, 'c1', false);
  board.see('t', ada, 'c1', false);
  board.see('t', ben, 'c1', true);
  expect(told).toEqual([
    at('c1', ['ada', 'Ada', false]),
    at('c1', ['ada', 'Ada', false], ['ben', 'Ben', true]),
  ]);
  expect(board.list('t')).toEqual([told[1]]);
});

it('knows an agent in one place, and tells both when they move', () => {
  board.see('t', ada, 'c1', false);
  board.see('t', ada, 'c2', false);
  expect(told.slice(1)).toEqual([at('c1'), at('c2', ['ada', 'Ada', false])]);
  board.see('t', ada, null, false);
  expect(told.at(-1)).toEqual(at('c2'));
  expect(board.list('t')).toEqual([]);
});

it('forgets whoever says nothing for 15 seconds', () => {
  board.see('t', ada, 'c1', false);
  vi.advanceTimersByTime(14_000);
  board.see('t', ada, 'c1', false);
  vi.advanceTimersByTime(14_999);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toEqual(at('c1'));
});

it('tells one tenant nothing of another, and nothing after listening ended', () => {
  board.see('other', ada, 'c1', false);
  expect(told).toEqual([]);
  expect(board.list('t')).toEqual([]);
  const late: Presence[] = [];
  board.listen('t', (presence) => late.push(presence))();
  board.see('t', ada, 'c1', false);
  expect([late.length, told.length]).toEqual([0, 1]);
});
