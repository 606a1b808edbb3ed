import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelCard } from '#contracts';
import { bundledFixture } from '../test/fixtures/bundled.ts';
import { Pool, type PoolOptions } from './pool.ts';
import type { ModelDescriptor } from './protocol.ts';

const root = join(import.meta.dirname, '..');
const tiny = join(root, 'test/fixtures/model-folder/acme/tiny-embedder');

/** A model of three-word vocabulary and 8 dimensions in a folder of its own, of as many bytes as its card says. */
const cardOf = (id: string, bytes = 1): ModelCard => ({
  ...{ id, revision: '1', name: id, description: '', task: 'embeddings', kernel: 'sentence-embedding' },
  ...{ engine: 'onnx', dtype: 'fp32', source: 'dir', licence: 'MIT', languages: ['en'], quality: [] },
  ...{ graph: 'onnx/model.onnx', maxTokens: 16, dimensions: 8, pooling: 'mean', normalize: true },
  files: [{ path: 'onnx/model.onnx', sha256: '0'.repeat(64), size: bytes }],
});

/** What there is to ask for: each a folder of its own. */
const ids = ['basic', 'a', 'b', 'c', 'slow', 'corrupt', 'unreadable', 'wordless', 'deadly'];

const workerUrl = pathToFileURL(bundledFixture('mortal-worker'));

describe('models that are loaded when they are asked for', () => {
  let folder: string;
  let pool: Pool;
  let models: Map<string, ModelDescriptor>;
  let pinned = ['basic'];
  let ended: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-demand-'));
    for (const id of ids) await cp(tiny, join(folder, id), { recursive: true });
    await writeFile(join(folder, 'corrupt/onnx/model.onnx'), 'no graph at all');
    await writeFile(join(folder, 'unreadable/tokenizer.json'), '{ "cut');
    await rm(join(folder, 'wordless/tokenizer.json'));
    models = new Map(ids.map((id) => [id, { card: cardOf(id), folder: join(folder, id) }]));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const found = (wanted: string[]) => wanted.flatMap((id) => models.get(id) ?? []);
  async function open(overrides: Partial<PoolOptions> = {}): Promise<void> {
    const seen: string[] = [];
    ended = seen;
    pool = new Pool({
      workerUrl,
      workers: 1,
      settings: { models: found(['basic']), engine: undefined, threads: 1, passTokens: 256 },
      limits: { queueTokens: 1000, batchTokens: 256, batchItems: 8, batchLaneItems: 2 },
      observer: { batchDone() {}, inputsDropped() {}, workerEnded: (reason) => seen.push(reason) },
      recycleBytes: Number.POSITIVE_INFINITY,
      batchTimeoutMs: 20_000,
      models: { find: (id) => models.get(id), pinned: () => found(pinned) },
      budgetBytes: Number.POSITIVE_INFINITY,
      cooldownMs: 600_000,
      ...overrides,
    });
    await pool.start();
  }
  const ask = (model: string, text = 'good', timeoutMs = 30_000) =>
    pool
      .infer({ model, inputs: [text], tenant: 't', lane: 'interactive', timeoutMs })
      .then(({ outputs }) => (outputs[0]?.value as Float32Array | undefined)?.length);
  const states = (...wanted: string[]) => wanted.map((id) => pool.condition(id).state);

  describe('without a limit', () => {
    beforeAll(() => open());
    afterAll(() => pool?.stop(0));

    test('are loaded once, and the others go on', async () => {
      expect(states('basic', 'a')).toEqual(['ready', 'available']);
      expect(await Promise.all([ask('a'), ask('a'), ask('basic')])).toEqual([8, 8, 8]);
      expect(states('a', 'b')).toEqual(['ready', 'available']);
      const measured = { workers: 1, texts: 2, tokens: 6, loadMs: expect.any(Number) };
      expect(pool.condition('a')).toMatchObject(measured);
      expect(await ask('nobody').catch(({ code }) => code)).toBe('model_unavailable');
    });

    test.each([
      ['corrupt', /onnx\/model\.onnx/, []],
      ['unreadable', /no JSON/, []],
      ['wordless', /tokenizer\.json is missing/, []],
      ['deadly', /its worker died of it/, ['SIGKILL']],
    ])(
      'one that is %s says so, is refused at once from then on, and takes nothing with it',
      async (id, reason, ends) => {
        const [first, second, other] = await Promise.allSettled([ask(id), ask(id), ask('basic')]);
        const refused = {
          reason: {
            code: 'model_unavailable',
            message: expect.stringMatching(reason),
            details: { retryAfter: expect.any(Number) },
          },
        };
        expect([first, second]).toMatchObject([refused, refused]);
        expect(JSON.stringify((first as PromiseRejectedResult).reason.message)).not.toContain(folder);
        expect(other).toMatchObject({ value: 8 });
        await expect(ask(id)).rejects.toMatchObject({ code: 'model_unavailable' });
        expect(pool.condition(id)).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) });
        expect(await ask('a')).toBe(8);
        expect(ended).toEqual(ends);
      },
    );

    test('loading counts against the deadline, and the model is there for the next', async () => {
      await expect(ask('slow', 'good', 100)).rejects.toMatchObject({ code: 'timeout' });
      expect(await ask('slow')).toBe(8);
    });

    test('another revision takes the place of one that is loaded, and one that went is let go', async () => {
      expect(await ask('b')).toBe(8);
      const descriptor = { card: { ...cardOf('b'), revision: '2' }, folder: join(folder, 'b') };
      models.set('b', descriptor);
      expect(states('b')).toEqual(['available']);
      pool.modelsChanged('b');
      expect(await ask('b')).toBe(8);
      models.delete('b');
      pool.modelsChanged('b');
      await expect(ask('b')).rejects.toMatchObject({ code: 'model_unavailable' });
      models.set('b', descriptor);
    });

    test('one that costs one worker after the other is refused, and the others are not', async () => {
      for (let times = 0; times < 2; times++) await ask('a', 'crash').catch(() => {});
      await expect(ask('a')).rejects.toMatchObject({ code: 'model_unavailable', message: /in a row/ });
      expect(await ask('basic')).toBe(8);
    });
  });

  describe('with a limit and a short cool-down', () => {
    const heavy = 1e9;
    beforeAll(async () => {
      for (const id of ['a', 'b', 'c']) models.set(id, { card: cardOf(id, heavy), folder: join(folder, id) });
      await open({ budgetBytes: 2.6 * heavy, cooldownMs: 300 });
    });
    afterAll(() => pool?.stop(0));

    test('one that was mended is served after its cool-down', async () => {
      await expect(ask('wordless')).rejects.toMatchObject({ code: 'model_unavailable' });
      await cp(join(tiny, 'tokenizer.json'), join(folder, 'wordless/tokenizer.json'));
      await expect.poll(() => ask('wordless').catch(({ code }) => code), { timeout: 20_000 }).toBe(8);
      expect(pool.condition('wordless')).toMatchObject({ state: 'ready' });
    });

    test('the least recently used is let go for another, and a pinned one is not', async () => {
      for (const id of ['a', 'b', 'a', 'c']) expect(await ask(id)).toBe(8);
      expect(states('basic', 'a', 'b', 'c')).toEqual(['ready', 'ready', 'available', 'ready']);
      pinned = ['basic', 'a', 'c'];
      await expect(ask('b')).rejects.toMatchObject({ message: /PARLANCE_MODEL_MEMORY/ });
      expect(states('a', 'c')).toEqual(['ready', 'ready']);
    });

    test('one that is pinned while the server runs is loaded without being asked for', async () => {
      pinned = ['basic', 'b'];
      // The failure of the test before is over by then.
      await expect
        .poll(
          () => {
            pool.modelsChanged();
            return states('b');
          },
          { timeout: 30_000 },
        )
        .toEqual(['ready']);
    });
  });
});
