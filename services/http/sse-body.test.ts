import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sseBody, sseEvent } from './sse-body.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const decoder = new TextDecoder();
const text = (read: { value?: Uint8Array | undefined }) => decoder.decode(read.value);

/** Pieces that are there, and then nothing until the reader has left. */
function source(pieces: string[]) {
  const state = { aborted: false, asked: 0 };
  const open = async function* (signal: AbortSignal) {
    for (const piece of pieces) {
      state.asked++;
      yield piece;
    }
    if (!signal.aborted) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    }
    state.aborted = true;
  };
  return { state, open };
}

it('gives each piece when it is asked for and a comment when nothing comes', async () => {
  const { open, state } = source([sseEvent({ a: 1 }), sseEvent({ b: 'x\ny' }, 7)]);
  const reader = sseBody(open, { stop: new AbortController().signal, drop() {} }).getReader();
  expect(state.asked).toBe(0);
  expect(text(await reader.read())).toBe('data: {"a":1}\n\n');
  expect(state.asked).toBe(1);
  expect(text(await reader.read())).toBe('id: 7\ndata: {"b":"x\\ny"}\n\n');
  for (const _ of [1, 2]) {
    const beat = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(text(await beat)).toBe(': \n\n');
  }
});

it('tells the source when the reader leaves', async () => {
  const { open, state } = source(['x']);
  const stop = new AbortController();
  const reader = sseBody(open, { stop: stop.signal, drop() {} }).getReader();
  await reader.read();
  const waiting = reader.read();
  await vi.advanceTimersByTimeAsync(0);
  await reader.cancel();
  await waiting;
  await vi.waitFor(() => expect(state.aborted).toBe(true));
});

it('ends when the server stops, and breaks off whoever takes nothing', async () => {
  const dropped: string[] = [];
  const stop = new AbortController();
  const taking = sseBody(source(['x']).open, {
    stop: stop.signal,
    drop: () => dropped.push('taking'),
  }).getReader();
  sseBody(source(['x']).open, { stop: stop.signal, drop: () => dropped.push('idle') });
  await taking.read();
  const last = taking.read();
  await vi.advanceTimersByTimeAsync(0);
  stop.abort();
  expect((await last).done).toBe(true);
  expect(dropped).toEqual(['idle']);
});

it('fails as its source does', async () => {
  // biome-ignore lint/correctness/useYield: it fails before it has anything
  const broken = async function* (): AsyncGenerator<string> {
    throw new Error('no more');
  };
  const reader = sseBody(broken, { stop: new AbortController().signal, drop() {} }).getReader();
  await expect(reader.read()).rejects.toThrow('no more');
});
