import { expect, it } from 'vitest';
import { readEventStream, type StreamedEvent } from './event-stream.ts';

function streamOf(pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

async function all(pieces: (string | Uint8Array)[]): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  for await (const event of readEventStream(streamOf(pieces))) events.push(event);
  return events;
}

const text = ': hello\n\nid: 7\ndata: {"a":\ndata: 1}\n\ndata:x\r\n\r\n: \n\nid: 8\rdata: é\r\rdata: cut off';
const expected = [
  { id: '7', data: '{"a":\n1}' },
  { id: undefined, data: 'x' },
  { id: '8', data: 'é' },
];

it('reads events, their ids and data of several lines, and leaves out what is cut off', async () => {
  expect(await all([text])).toEqual(expected);
});

it('reads the same however it is cut', async () => {
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7]) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    expect(await all(pieces), `in pieces of ${size}`).toEqual(expected);
  }
});

it('hears of heartbeats and cancels the body when nobody reads on', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(': \n\ndata: 1\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  let heard = 0;
  for await (const event of readEventStream(body, () => heard++)) {
    expect(event.data).toBe('1');
    break;
  }
  expect(heard).toBe(1);
  expect(cancelled).toBe(true);
});
