import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelCard } from '#contracts';
import { ModelCatalogue } from './catalogue.ts';
import { ModelStore } from './store.ts';

const graph = Buffer.from('weights');
const card = {
  id: 'm',
  task: 'sentiment',
  source: 'bundled',
  files: [
    { path: 'graph.onnx', size: graph.length, sha256: createHash('sha256').update(graph).digest('hex') },
  ],
} as unknown as ModelCard;

describe('ModelStore', () => {
  let folder: string;
  let store: ModelStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-models-'));
    await mkdir(join(folder, 'm'));
    await writeFile(join(folder, 'm/graph.onnx'), graph);
    store = new ModelStore({ bundled: folder });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('passes the catalogued files', async () => {
    await store.verify(card);
    expect(store.size(card)).toBe(7);
  });

  test.each([
    ['a changed byte', Buffer.from('weighty'), /sha256/],
    ['a cut file', Buffer.from('weig'), /4 bytes instead of 7/],
    ['an empty file', Buffer.alloc(0), /0 bytes instead of 7/],
  ])('finds %s', async (_, bytes, message) => {
    await writeFile(join(folder, 'm/graph.onnx'), bytes);
    await expect(store.verify(card)).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringMatching(message),
    });
  });

  test('a model without its card is still a model', async () => {
    await writeFile(join(folder, 'm/README.md'), '# m');
    expect(await store.cardText({ ...card, card: 'README.md' })).toBe('# m');
    expect(await store.cardText({ ...card, card: 'gone.md' })).toBe('');
    expect(await store.cardText(card)).toBe('');
  });

  test('finds a missing file without telling where it looked', async () => {
    await rm(join(folder, 'm/graph.onnx'));
    const error = await store.verify(card).catch((thrown) => thrown);
    expect(error.message).toMatch(/is missing/);
    expect(error.message).not.toContain(folder);
  });
});

describe('ModelCatalogue', () => {
  const other = { ...card, id: 'other', task: 'embeddings' } as ModelCard;
  const catalogue = new ModelCatalogue([card, { ...card, id: 'second' }, other]);

  test('the first model of a task is its default', () => {
    expect(catalogue.forTask(['sentiment']).id).toBe('m');
    expect(catalogue.forTask(['sentiment'], 'second').id).toBe('second');
    expect(catalogue.isDefault(card)).toBe(true);
  });

  test('a model of another task is told apart from one that is not there', () => {
    expect(() => catalogue.forTask(['sentiment'], 'other')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
    expect(() => catalogue.forTask(['sentiment'], 'nothing')).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });
});
