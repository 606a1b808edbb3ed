import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { type FakeHub, startHub } from '../fixtures/hub.ts';
import { startServer, type TestServer } from './server.ts';

const fixtures = join(import.meta.dirname, '../fixtures/model-folder');

describe('a folder of models, served by onnxruntime', () => {
  let folder: string;
  let offered: string;
  let server: TestServer;
  let client: ParlanceClient;
  let hub: FakeHub;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-own-'));
    await cp(fixtures, folder, { recursive: true });
    await cp(join(folder, 'acme/tiny-moods'), join(folder, 'untold'), { recursive: true });
    await writeFile(join(folder, 'untold/config.json'), '{}');
    offered = await mkdtemp(join(tmpdir(), 'parlance-offered-'));
    await cp(join(fixtures, 'acme/tiny-moods'), join(offered, 'far/moods'), { recursive: true });
    hub = await startHub(offered);
    server = await startServer({
      ...{ PARLANCE_ENGINE: 'onnx', PARLANCE_DEMO: 'off' },
      PARLANCE_MODELS_DIR: folder,
      HF_ENDPOINT: hub.url,
    });
    client = new ParlanceClient({ baseUrl: server.url });
  });
  afterAll(async () => {
    await server?.stop();
    await hub?.stop();
    for (const each of [folder, offered]) await rm(each, { recursive: true });
  });

  test('lists them beside the bundled ones, and what it cannot serve', async () => {
    const { models, unusable } = await server.json('/api/v1/models');
    const own = models.filter(({ source }: { source: string }) => source === 'dir');
    expect(own.map(({ id, task, default: first }: Record<string, unknown>) => [id, task, first])).toEqual([
      ['acme/tiny-embedder', 'embeddings', false],
      ['acme/tiny-moods', 'sentiment', false],
      ['acme/tiny-topics', 'classifications', false],
    ]);
    expect(unusable).toEqual([{ id: 'untold', reason: expect.stringMatching(/parlance\.json/) }]);
    expect((await client.models.get('acme/tiny-embedder')).cardText).toMatch(/^# tiny-embedder/);
  });

  test('they answer when they are asked for', async () => {
    expect((await client.models.get('acme/tiny-moods')).state).toBe('available');
    const scored = await client.tasks.sentiment('good and fast', { model: 'acme/tiny-moods' });
    expect(scored).toMatchObject({ result: { label: 'positive' }, model: { id: 'acme/tiny-moods' } });
    const { results } = await client.tasks.embeddings(['good', 'good .'], { model: 'acme/tiny-embedder' });
    expect(results.map((each) => 'result' in each && each.result.vector.length)).toEqual([8, 8]);
    expect(await client.models.get('acme/tiny-moods')).toMatchObject({
      ...{ state: 'ready', workers: 1, pinned: false, served: { texts: 1, tokens: 5 } },
      ...{ loadMs: expect.any(Number), memoryBytes: expect.any(Number) },
    });
  });

  async function pulled(model: string) {
    const { id } = await client.models.pulls.start({ model });
    await expect
      .poll(async () => (await client.models.pulls.get(id)).state, { timeout: 20_000 })
      .not.toBe('running');
    return client.models.pulls.get(id);
  }

  test('a model is pulled from the hub, served at once, pinned and removed', async () => {
    const pull = await pulled('far/moods');
    expect(pull).toMatchObject({ state: 'done', reason: null, commit: hub.commit });
    expect(pull.doneBytes).toBe(pull.totalBytes);
    const scored = await client.tasks.sentiment('late', { model: 'far/moods' });
    expect(scored.model).toMatchObject({ id: 'far/moods', revision: hub.commit });
    expect(await client.models.pin('far/moods')).toMatchObject({ pinned: true, source: 'hub' });
    await expect(client.models.unpin('sentiment')).rejects.toMatchObject({ code: 'conflict' });
    expect(await client.models.verify('far/moods')).toMatchObject({ state: 'ready' });
    await client.models.remove('far/moods');
    await expect(client.models.get('far/moods')).rejects.toMatchObject({ code: 'not_found' });
    const refused = client.tasks.sentiment('late', { model: 'far/moods' });
    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.models.remove('sentiment')).rejects.toMatchObject({ code: 'conflict' });
    const { entries } = await client.audit();
    const done = entries.filter(({ target }) => target === 'far/moods').map(({ action }) => action);
    expect(done).toEqual(['model.remove', 'model.pin', 'model.pull']);
  });

  test('a pull that fails says why, one that hangs can be cancelled, and names must be names', async () => {
    expect(await pulled('far/nobody')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/no such model/),
    });
    hub.fault = () => 'answered';
    const { id } = await client.models.pulls.start({ model: 'far/moods' });
    const again = client.models.pulls.start({ model: 'far/moods' });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect(await client.models.pulls.cancel(id)).toMatchObject({ state: 'cancelled' });
    hub.fault = () => undefined;
    for (const model of ['../../etc', 'a/b/c', 'a b', '.hidden/x', 'acme/tiny-moods', 'sentiment'])
      await expect(client.models.pulls.start({ model })).rejects.toMatchObject({ code: /invalid|conflict/ });
  });

  test('a model whose files were changed is served no more until they are mended', async () => {
    const file = join(folder, 'acme/tiny-topics/tokenizer.json');
    const before = await readFile(file);
    await writeFile(file, '{}');
    expect(await client.models.verify('acme/tiny-topics')).toMatchObject({
      ...{ state: 'damaged', reason: expect.stringMatching(/tokenizer\.json .*bytes/) },
    });
    await writeFile(file, before);
    expect(await client.models.verify('acme/tiny-topics')).toMatchObject({ state: 'available' });
  });
});
