import { describe, expect, test } from 'vitest';
import { ParlanceError } from '#contracts';
import { json } from '../../test/fixtures/remote-reply.ts';
import { Endpoint } from './endpoint.ts';
import type { RemoteReply } from './transport.ts';

const patient = new AbortController().signal;
const request = { path: '/x' };
const refusedConnection = () => new TypeError('fetch failed', { cause: failureOf('ECONNREFUSED') });
const failureOf = (code: string) => Object.assign(new Error('10.0.0.7:8080'), { code });

/** An endpoint whose server does these things one after the other, and the last of them for ever. */
function endpoint(...doings: (RemoteReply | Error)[]) {
  let calls = 0;
  const made = new Endpoint('m', () => {
    const done = doings[Math.min(calls++, doings.length - 1)];
    return done instanceof Error ? Promise.reject(done) : Promise.resolve(done as RemoteReply);
  });
  return { call: (signal = patient) => made.call(request, signal), calls: () => calls };
}

describe('a status becomes an error that tells callers what to do', () => {
  test.each<[number, Record<string, string>, string, string, number?]>([
    [401, {}, 'model_unavailable', 'refused the key'],
    [403, {}, 'model_unavailable', 'refused the key'],
    [404, {}, 'model_unavailable', 'does not know the model'],
    [429, { 'retry-after': '7' }, 'overloaded', 'is busy', 7],
    [429, {}, 'overloaded', 'is busy', 1],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 'overloaded', 'is busy', 1],
    [408, {}, 'timeout', 'took too long', 1],
    [504, {}, 'timeout', 'took too long', 1],
    [502, {}, 'model_unavailable', 'is not available', 5],
    [503, { 'retry-after': '20' }, 'model_unavailable', 'is not available', 20],
    [500, {}, 'provider_failed', 'failed with status 500'],
    [302, {}, 'provider_failed', 'failed with status 302'],
    [424, {}, 'provider_failed', 'failed with status 424'],
  ])('%i %o', async (status, headers, code, message, retryAfter) => {
    const reply = json(status, { error: 'key sk-123 at /home/server' }, headers);
    const error = await endpoint(reply)
      .call()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParlanceError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect((error as ParlanceError).details.retryAfter).toBe(retryAfter);
    expect((error as ParlanceError).message).not.toContain('sk-123');
    // The log has the server's own words, except where they may repeat the key.
    expect(String((error as ParlanceError).cause).includes('sk-123')).toBe(status !== 401 && status !== 403);
  });

  test.each([200, 204, 400, 413, 422])('%i is for the protocol to read', async (status) => {
    expect((await endpoint(json(status)).call()).status).toBe(status);
  });
});

describe('trying again', () => {
  test('a server that is starting or restarting is asked again', async () => {
    const { call, calls } = endpoint(refusedConnection(), json(503), json(200));
    expect((await call()).status).toBe(200);
    expect(calls()).toBe(3);
  });

  test('not for ever', async () => {
    const { call, calls } = endpoint(refusedConnection());
    await expect(call()).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('cannot be reached (ECONNREFUSED)'),
    });
    expect(calls()).toBe(3);
  });

  test.each<[string, RemoteReply | Error]>([
    ['a failure while it worked', json(500)],
    ['too much to do', json(429)],
    ['an answer that broke off', new TypeError('terminated', { cause: failureOf('UND_ERR_SOCKET') })],
  ])('not after %s, since it may have done the work', async (_, doing) => {
    const { call, calls } = endpoint(doing);
    await expect(call()).rejects.toBeInstanceOf(ParlanceError);
    expect(calls()).toBe(1);
  });

  test.each(['unavailable', 'unreachable'])(
    'not for a caller who left while the server was %s',
    async (how) => {
      const caller = new AbortController();
      const reason = new ParlanceError('cancelled', 'gone');
      let calls = 0;
      const left = new Endpoint('m', async () => {
        calls++;
        caller.abort(reason);
        if (how === 'unreachable') throw refusedConnection();
        return json(503);
      });
      await expect(left.call(request, caller.signal)).rejects.toBe(reason);
      expect(calls).toBe(1);
    },
  );
});

describe('a server that is down', () => {
  test.each<[string, RemoteReply | Error, string]>([
    ['unreachable', refusedConnection(), 'cannot be reached'],
    ['unavailable', json(503), 'is not available'],
    ['cut off', failureOf('ECONNRESET'), 'broke off its answer'],
  ])('%s is left alone after three callers', async (_, doing, message) => {
    const { call, calls } = endpoint(doing);
    for (let count = 0; count < 3; count++) await expect(call()).rejects.toThrow(message);
    const before = calls();
    await expect(call()).rejects.toMatchObject({ code: 'model_unavailable', details: { retryAfter: 1 } });
    await expect(call()).rejects.toThrow(message);
    expect(calls()).toBe(before);
  });

  test.each([400, 401, 404, 429, 500])('status %i is not that', async (status) => {
    const { call, calls } = endpoint(json(status));
    for (let count = 0; count < 5; count++) await call().catch(() => {});
    expect(calls()).toBe(5);
  });

  test('what callers are told does not have its address', async () => {
    const error = await endpoint(refusedConnection())
      .call()
      .catch((thrown: unknown) => thrown);
    expect((error as Error).message).not.toMatch(/10\.0|8080|fetch/);
  });
});
