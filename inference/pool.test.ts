import { getEventListeners } from 'node:events';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelCard } from '#contracts';
import { bundledFixture } from '../test/fixtures/bundled.ts';
import type { PoolObserver } from './observer.ts';
import { Pool, type PoolOptions } from './pool.ts';
import type { InferenceRequest } from './runtime.ts';

const root = join(import.meta.dirname, '..');
const card: ModelCard = {
  id: 'm',
  revision: '1',
  name: 'm',
  description: '',
  task: 'sentiment',
  kernel: 'sequence-classification',
  engine: 'fake',
  dtype: 'int8',
  source: 'bundled',
  licence: 'Apache-2.0',
  languages: ['en'],
  graph: 'none',
  files: [{ path: 'none', sha256: '0'.repeat(64), size: 1 }],
  maxTokens: 32,
  labels: ['a', 'b'],
  quality: [],
};

interface Seen {
  text: string;
  pid: number;
  together: number;
}

const workerUrl = pathToFileURL(bundledFixture('faulty-worker'));

describe('Pool', () => {
  let pool: Pool;
  let folder: string;
  let events: string[];
  const observer: PoolObserver = {
    batchDone: () => events.push('done'),
    inputsDropped: (reason, count) => events.push(`${reason} ${count}`),
    workerEnded: (reason, lost) => events.push(`ended ${reason} ${lost}`),
  };

  async function open(overrides: Partial<PoolOptions> = {}): Promise<void> {
    const served = overrides.settings?.models ?? [{ card, folder: join(root, 'models/all-MiniLM-L6-v2') }];
    pool = new Pool({
      models: { find: (id) => served.find((each) => each.card.id === id), pinned: () => served },
      budgetBytes: Number.POSITIVE_INFINITY,
      cooldownMs: 1000,
      workerUrl,
      workers: 1,
      settings: {
        models: served,
        engine: 'fake',
        threads: 1,
        passTokens: 256,
      },
      limits: { queueTokens: 64, batchTokens: 256, batchItems: 8, batchLaneItems: 2 },
      observer,
      recycleBytes: Number.POSITIVE_INFINITY,
      batchTimeoutMs: 20_000,
      ...overrides,
    });
    await pool.start();
  }

  async function ask(inputs: string | string[], request: Partial<InferenceRequest> = {}): Promise<Seen[]> {
    const list = typeof inputs === 'string' ? [inputs] : inputs;
    const reply = await pool.infer({
      model: 'm',
      inputs: list,
      tenant: 't',
      lane: 'interactive',
      ...request,
    });
    return reply.outputs.map((output) => output.value as Seen);
  }

  beforeEach(async () => {
    events = [];
    folder = await mkdtemp(join(tmpdir(), 'parlance-pool-'));
  });
  afterEach(async () => {
    await pool.stop(0);
    await rm(folder, { recursive: true });
  });

  test('answers in the order of the inputs, also when they take several batches', async () => {
    await open({ workers: 2 });
    const inputs = Array.from({ length: 30 }, (_, at) => `input ${at}`);
    expect((await ask(inputs)).map((seen) => seen.text)).toEqual(inputs);
  });

  test('what waits while the worker is busy goes out as one batch', async () => {
    await open();
    const first = ask('sleep 200');
    const rest = await Promise.all(['x', 'y', 'z'].map((text) => ask(text)));
    await first;
    expect(rest.map(([seen]) => seen?.together)).toEqual([3, 3, 3]);
  });

  test('a killed worker costs its own batch, which is tried once more', async () => {
    await open();
    const [once, other] = await Promise.all([ask(`crash-once ${join(folder, 'marker')}`), ask('other')]);
    expect(once[0]?.text).toMatch(/^crash-once/);
    expect(other[0]?.text).toBe('other');
    expect(events).toContain('ended SIGKILL 1');
    expect(pool.status.restarts).toBe(1);
  });

  test('a caller is answered by the pass that has its text, and not run again when a later pass fails', async () => {
    await open();
    const marker = join(folder, 'marker');
    const blocker = ask('sleep 100');
    const [early, slow, late] = [ask('early'), ask('sleep 500'), ask(`crash-once ${marker}`)];
    await blocker;
    const [first] = await early;
    expect(first?.together).toBe(3);
    expect(await Promise.race([slow, 'still running'])).toBe('still running');
    expect((await late)[0]?.pid).not.toBe(first?.pid);
    expect((await slow)[0]?.pid).toBe(first?.pid);
    expect(events).toContain('ended SIGKILL 1');
  });

  test('an input that kills every worker fails alone; its neighbours are answered', async () => {
    await open();
    const blocker = ask('sleep 200');
    const poison = ask('crash');
    const neighbours = ['x', 'y'].map((text) => ask(text));
    await expect(poison).rejects.toMatchObject({ code: 'model_unavailable' });
    expect((await Promise.all(neighbours)).map(([seen]) => seen?.text)).toEqual(['x', 'y']);
    await blocker;
    expect((await ask('after'))[0]?.text).toBe('after');
  });

  test('a stuck worker is replaced', async () => {
    await open({ batchTimeoutMs: 300 });
    await expect(ask('hang')).rejects.toMatchObject({ code: 'model_unavailable' });
    expect((await ask('after'))[0]?.text).toBe('after');
    expect(events).toContain('ended hung 1');
  });

  test('a kernel that throws fails its batch and keeps the worker', async () => {
    await open();
    const before = (await ask('x'))[0]?.pid;
    await expect(ask('throw')).rejects.toMatchObject({ code: 'internal' });
    expect((await ask('x'))[0]?.pid).toBe(before);
  });

  test('refuses when the queue is full, with a time to come back', async () => {
    await open();
    const busy = ask('sleep 300');
    const queued = ask(['x'.repeat(120), 'y'.repeat(120), 'z'.repeat(120)]);
    expect(pool.full).toBe(true);
    await expect(ask('refused')).rejects.toMatchObject({
      code: 'overloaded',
      details: { retryAfter: expect.any(Number) },
    });
    await Promise.all([busy, queued]);
    expect((await ask('now'))[0]?.text).toBe('now');
    expect(events).toContain('overloaded 1');
  });

  test('a caller that goes away is dropped from the queue', async () => {
    await open();
    const busy = ask('sleep 300');
    const controller = new AbortController();
    const gone = ask('never run', { signal: controller.signal });
    controller.abort();
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
    expect(pool.status.queuedInputs).toBe(0);
    await busy;
    await expect(ask('x', { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a signal that outlives its jobs keeps nothing of them', async () => {
    await open();
    const { signal } = new AbortController();
    for (const text of ['x', 'y', 'z']) await ask(text, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('queued work past its deadline is given up', async () => {
    await open();
    const busy = ask('sleep 800');
    await expect(ask('late', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    await busy;
    expect(events).toContain('timeout 1');
  });

  test('a worker above its memory limit is replaced between batches, without an error', async () => {
    await open({ recycleBytes: 1 });
    const pids = new Set<number | undefined>();
    for (let count = 0; count < 3; count++) pids.add((await ask(`x${count}`))[0]?.pid);
    expect(pids.size).toBeGreaterThan(1);
    expect(events.filter((event) => event.startsWith('ended'))).toContain('ended closed 0');
  });

  test('a deadline holds for work that a dead worker gave back', async () => {
    const model = { card: { ...card, graph: 'late' }, folder: join(root, 'models/all-MiniLM-L6-v2') };
    await open({ settings: { models: [model], engine: 'fake', threads: 1, passTokens: 256 } });
    await expect(ask('crash', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
    expect(events).toEqual(expect.arrayContaining(['ended SIGKILL 1', 'timeout 1']));
  });

  test('a caller that went away is not tried again when its worker dies', async () => {
    await open({ batchTimeoutMs: 500 });
    const controller = new AbortController();
    const gone = ask('hang', { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
    expect((await ask('x'))[0]?.text).toBe('x');
    expect(events.filter((event) => event.includes('hung'))).toEqual(['ended hung 0']);
  });

  test('a wait is told to the caller whose it was', async () => {
    await open();
    const wait = async (text: string) =>
      (await pool.infer({ model: 'm', inputs: [text], tenant: 't', lane: 'interactive' })).queueMs;
    const busy = wait('sleep 500');
    const early = wait('early');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const late = wait('late');
    expect(await late).toBeLessThan((await early) - 100);
    await busy;
  });

  test('one worker that cannot come back does not stop the other', async () => {
    const models = join(folder, 'models');
    await cp(join(root, 'models/all-MiniLM-L6-v2'), models, { recursive: true });
    const settings = { models: [{ card, folder: models }], engine: 'fake', threads: 1, passTokens: 256 };
    await open({ workers: 2, settings });
    await expect.poll(() => pool.status.ready, { timeout: 60_000 }).toBe(2);
    await rename(models, `${models}-gone`);
    await expect(ask(`crash-once ${join(folder, 'marker')}`)).resolves.toHaveLength(1);
    await expect.poll(() => pool.status.restarts, { timeout: 60_000 }).toBeGreaterThan(3);
    expect((await ask('still'))[0]?.text).toBe('still');
    await rename(`${models}-gone`, models);
    await expect.poll(() => pool.status.ready, { timeout: 60_000 }).toBe(2);
  }, 120_000);

  test('start says why a worker cannot start, and later calls are refused instead of waiting', async () => {
    const broken = {
      models: [{ card, folder: join(folder, 'missing') }],
      engine: 'fake',
      threads: 1,
      passTokens: 256,
    };
    await expect(open({ settings: broken })).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(ask('x')).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  describe('with a model that writes', () => {
    const writer = { card: { ...card, id: 'w', decoder: 'none' }, folder: join(root, 'models/nmt-en-es') };
    const openWriter = (overrides: Partial<PoolOptions> = {}) => {
      const models = [{ card, folder: join(root, 'models/all-MiniLM-L6-v2') }, writer];
      return open({ settings: { models, engine: 'fake', threads: 1, passTokens: 256 }, ...overrides });
    };
    /** Resolves once the text that is written without end has begun; `stop` is what its caller does when it leaves. */
    async function writing(request: Partial<InferenceRequest> = {}, text = 'write') {
      const leaving = new AbortController();
      let pieces = 0;
      let done: Promise<unknown> = Promise.resolve();
      await new Promise<void>((begun) => {
        const { signal } = leaving;
        const onPiece = () => {
          pieces++;
          begun();
        };
        done = ask(text, { model: 'w', signal, onPiece, ...request }).catch((error) => error.code);
      });
      return { done, stop: () => leaving.abort(), pieces: () => pieces };
    }

    test('a text is heard piece by piece before it is whole, each by its caller', async () => {
      await openWriter();
      const heard: [number, string][] = [];
      const onPiece = (index: number, text: string) => heard.push([index, text]);
      const [first, second] = await ask(['write 3', 'write 2'], { model: 'w', onPiece });
      expect([first?.text, second?.text]).toEqual(['write 3', 'write 2']);
      const of = (index: number) => heard.flatMap(([at, text]) => (at === index ? [text] : [])).join('');
      expect([of(0), of(1)]).toEqual(['0 1 2 ', '0 1 ']);
    });

    test('a caller that goes away, or is past its deadline, frees the worker', async () => {
      await openWriter();
      const { done, stop } = await writing();
      stop();
      expect(await done).toBe('cancelled');
      const late = await writing({ timeoutMs: 300 });
      expect(await late.done).toBe('timeout');
      expect((await ask('next', { model: 'w' }))[0]?.text).toBe('next');
      expect(events).toEqual(expect.arrayContaining(['cancelled 1', 'timeout 1']));
    });

    test('others are answered meanwhile, also by the only worker, and a second text waits for its turn', async () => {
      await openWriter();
      const { done, stop } = await writing();
      const waiting = ask('next', { model: 'w' });
      expect((await ask('live'))[0]?.text).toBe('live');
      expect(await Promise.race([waiting, 'still waiting'])).toBe('still waiting');
      stop();
      expect(await done).toBe('cancelled');
      expect((await waiting)[0]?.text).toBe('next');
    });

    /** The writer, and a model that is loaded when it is asked for. */
    const beside = (graph: string): PoolOptions['models'] => {
      const other = { card: { ...card, id: 's', graph }, folder: join(root, 'models/all-MiniLM-L6-v2') };
      return { find: (id) => (id === 'w' ? writer : other), pinned: () => [] };
    };

    test('a worker above its memory limit that loads a model answers for it before it is replaced', async () => {
      await openWriter({ recycleBytes: 1, models: beside('late') });
      const { done, stop } = await writing({}, 'write-slowly');
      const answer = ask('live', { model: 's' });
      stop();
      expect(await done).toBe('cancelled');
      expect((await answer)[0]?.text).toBe('live');
    });

    test('a text that waits while its worker loads a large model is not taken for hung', async () => {
      await openWriter({ batchTimeoutMs: 1000, models: beside('slow') });
      const { done, stop } = await writing({}, 'write-slowly');
      expect((await ask('live', { model: 's' }))[0]?.text).toBe('live');
      stop();
      expect(await done).toBe('cancelled');
      expect(events.filter((event) => event.includes('hung'))).toEqual([]);
    });

    test('another revision is loaded once the text that the one before writes has ended', async () => {
      const basic = { card, folder: join(root, 'models/all-MiniLM-L6-v2') };
      let current = writer;
      await openWriter({ models: { find: (id) => (id === 'w' ? current : basic), pinned: () => [] } });
      const { done, stop } = await writing();
      current = { ...writer, card: { ...writer.card, revision: '2' } };
      pool.modelsChanged('w');
      const waiting = ask('next', { model: 'w' });
      expect((await ask('live'))[0]?.text).toBe('live');
      expect(pool.condition('w').state).toBe('available');
      stop();
      expect(await done).toBe('cancelled');
      expect((await waiting)[0]?.text).toBe('next');
    });

    test('a text that was told in part is not told again when its worker dies', async () => {
      await openWriter();
      const heard: string[] = [];
      const onPiece = (_: number, text: string) => heard.push(text);
      await expect(ask('write-crash', { model: 'w', onPiece })).rejects.toMatchObject({
        code: 'model_unavailable',
      });
      expect(heard.join('')).toMatch(/^0 (1 )?(2 )?$/);
    });

    test('a worker above its memory limit ends what it writes before it is replaced', async () => {
      await openWriter({ recycleBytes: 1 });
      const { done, stop, pieces } = await writing();
      expect((await ask('live'))[0]?.text).toBe('live');
      // The only worker takes nothing new, and goes when the text is done.
      const next = ask('next');
      await expect.poll(pieces, { interval: 5 }).toBeGreaterThan(pieces() + 500);
      stop();
      expect(await done).toBe('cancelled');
      expect((await next)[0]?.text).toBe('next');
      expect(events).toContain('ended closed 0');
    });
  });

  test('stopping finishes what is queued, then refuses', async () => {
    await open();
    const work = Promise.all([ask('sleep 100'), ask('x')]);
    await pool.stop(5_000);
    expect((await work).flat().map((seen) => seen.text)).toEqual(['sleep 100', 'x']);
    await expect(ask('y')).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  test('a worker that dies while the service stops leaves its work to another', async () => {
    await open({ workers: 2 });
    await expect.poll(() => pool.status.ready, { timeout: 60_000 }).toBe(2);
    const work = ask(`crash-once ${join(folder, 'marker')}`);
    await pool.stop(10_000);
    expect((await work)[0]?.text).toMatch(/^crash-once/);
  });

  test('what is not done when the grace ends is failed, not forgotten', async () => {
    await open();
    const running = expect(ask('sleep 20000')).rejects.toMatchObject({ code: 'model_unavailable' });
    const queued = expect(ask('x')).rejects.toMatchObject({ code: 'model_unavailable' });
    await pool.stop(50);
    await Promise.all([running, queued]);
  });

  test('the rest of a request that was taken is still done while stopping', async () => {
    await open();
    const busy = ask('sleep 300');
    const stopped = pool.stop(10_000);
    await expect(ask('new')).rejects.toMatchObject({ code: 'model_unavailable' });
    expect((await ask('rest', { admitted: true }))[0]?.text).toBe('rest');
    await busy;
    await stopped;
  });
});
