import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AppEnv } from '../env.ts';
import { respondWithError } from '../errors.ts';
import { readBody } from './body.ts';

const app = new Hono<AppEnv>();
app.onError((error, c) => respondWithError(c, error));
app.use(readBody);
app.post('/', async (c) => c.json(await c.req.json()));

const brokenOff = () =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from('{"id":'));
    },
    pull(controller) {
      controller.error(new Error('aborted'));
    },
  });

it.each([{ 'content-length': '100' }, { 'transfer-encoding': 'chunked' }])(
  'a sender who goes away is no fault of the server: %o',
  async (length) => {
    const headers = { 'content-type': 'application/json', ...length };
    const init = { method: 'POST', headers, body: brokenOff(), duplex: 'half' };
    const response = await app.request('/', init as unknown as RequestInit);
    expect([response.status, await response.json()]).toMatchObject([499, { code: 'cancelled' }]);
  },
);
