import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BatchProgress, type Piece, partOf } from './progress.ts';

let told: Piece[][];
let progress: BatchProgress;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  told = [];
  progress = new BatchProgress((pieces) => told.push(pieces));
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells at each turn what was written since, and nothing when nothing was', async () => {
  progress.wrote(1, 'a');
  progress.wrote(0, 'b');
  await progress.turn();
  await progress.turn();
  const first = { row: 1, text: 'a' };
  expect(told).toEqual([[first, { row: 0, text: 'b' }]]);
});

it('gives a sign of life when it has nothing to tell for long', async () => {
  vi.advanceTimersByTime(1500);
  await progress.turn();
  await progress.turn();
  expect(told).toEqual([[]]);
});

it('has heard by the next turn who left, and tells nothing of them', async () => {
  setImmediate(() => progress.drop([2, 5]));
  const part = partOf(progress, [5, 4, 2]);
  expect(await part.turn()).toEqual(new Set([0, 2]));
  part.wrote(0, 'a');
  part.wrote(1, 'b');
  progress.flush();
  expect(told).toEqual([[{ row: 4, text: 'b' }]]);
});
