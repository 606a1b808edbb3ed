import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { ParlanceClient } from './index.ts';

const overloaded = (retryAfter: string) =>
  new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Overloaded',
      status: 429,
      detail: 'The queue is full.',
      code: 'overloaded',
      requestId: 'req_1',
    }),
    { status: 429, headers: { 'retry-after': retryAfter } },
  );

/** A client whose server answers with what `answer` gives. */
function clientOf(answer: (attempt: number, init: RequestInit) => Response, maxRetries = 2) {
  let attempt = 0;
  const fetch = async (_url: unknown, init: RequestInit = {}) => answer(attempt++, init);
  return new ParlanceClient({
    baseUrl: 'http://server',
    fetch: fetch as typeof globalThis.fetch,
    maxRetries,
  });
}

const sentiment = (client: ParlanceClient, signal?: AbortSignal) =>
  client.tasks.sentiment('fine', {}, { signal });

/** A body that gives its beginning and then ends as the signal or a broken connection ends one. */
function body(end: (fail: (error: unknown) => void) => void): ReadableStream {
  return new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"id":'));
      end((error) => stream.error(error));
    },
  });
}

it('says so when a success or a failure is no JSON', async () => {
  const page = (status: number) => clientOf(() => new Response('<html>', { status }));
  await expect(sentiment(page(200))).rejects.toMatchObject({
    name: 'ParlanceError',
    code: 'provider_failed',
    message: 'The server answered 200 with something other than JSON.',
  });
  await expect(sentiment(page(502))).rejects.toMatchObject({ code: 'provider_failed' });
});

it('says so when the answer breaks off', async () => {
  const client = clientOf(() => new Response(body((fail) => fail(new TypeError('terminated')))));
  await expect(sentiment(client)).rejects.toMatchObject({ code: 'provider_failed' });
});

it.each([200, 429])('is cancelled while it reads the body of a %i', async (status) => {
  const stop = new AbortController();
  const client = clientOf((_, { signal }) => {
    queueMicrotask(() => stop.abort());
    return new Response(
      body((fail) => signal?.addEventListener('abort', () => fail(signal.reason))),
      { status },
    );
  });
  await expect(sentiment(client, stop.signal)).rejects.toMatchObject({
    name: 'ParlanceError',
    code: 'cancelled',
  });
});

it('asks an overloaded server again and leaves no listener on the signal', async () => {
  const stop = new AbortController();
  const client = clientOf((attempt) => (attempt < 5 ? overloaded('0.001') : Response.json({ id: 'inf' })), 5);
  expect(await sentiment(client, stop.signal)).toEqual({ id: 'inf' });
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
});

it('does not wait for its turn once it is cancelled, before the wait or during it', async () => {
  const before = new AbortController();
  const early = clientOf(() => {
    before.abort();
    return overloaded('30');
  });
  await expect(sentiment(early, before.signal)).rejects.toMatchObject({ code: 'cancelled' });

  const during = new AbortController();
  const late = sentiment(
    clientOf(() => overloaded('30')),
    during.signal,
  );
  setTimeout(() => during.abort(), 50);
  await expect(late).rejects.toMatchObject({ code: 'cancelled' });
});
