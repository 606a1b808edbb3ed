import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { startServer, type TestServer } from './server.ts';

const fixtures = join(import.meta.dirname, '../fixtures/model-folder');

describe('a folder of models, served by onnxruntime', () => {
  let folder: string;
  let server: TestServer;
  let client: ParlanceClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-own-'));
    await cp(fixtures, folder, { recursive: true });
    await cp(join(folder, 'acme/tiny-moods'), join(folder, 'untold'), { recursive: true });
    await writeFile(join(folder, 'untold/config.json'), '{}');
    server = await startServer({ PARLANCE_ENGINE: 'onnx', PARLANCE_MODELS_DIR: folder });
    client = new ParlanceClient({ baseUrl: server.url });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  test('lists them beside the bundled ones, and what it cannot serve', async () => {
    const { models, unusable } = await server.json('/api/v1/models');
    const own = models.filter(({ source }: { source: string }) => source === 'dir');
    expect(own.map(({ id, task, default: first }: Record<string, unknown>) => [id, task, first])).toEqual([
      ['acme/tiny-embedder', 'embeddings', false],
      ['acme/tiny-moods', 'sentiment', false],
      ['acme/tiny-topics', 'classifications', true],
    ]);
    expect(unusable).toEqual([{ id: 'untold', reason: expect.stringMatching(/parlance\.json/) }]);
    expect((await client.models.get('acme/tiny-embedder')).cardText).toMatch(/^# tiny-embedder/);
  });

  test('they answer when they are asked for', async () => {
    const scored = await client.tasks.sentiment('good and fast', { model: 'acme/tiny-moods' });
    expect(scored).toMatchObject({ result: { label: 'positive' }, model: { id: 'acme/tiny-moods' } });
    const { results } = await client.tasks.embeddings(['good', 'good .'], { model: 'acme/tiny-embedder' });
    expect(results.map((each) => 'result' in each && each.result.vector.length)).toEqual([8, 8]);
  });
});
