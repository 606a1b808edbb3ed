import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deriveCard, readModelDirectory } from '#inference';

const endpoint = { url: 'http://gpu-1:8080', key: 'GPU_KEY' };
const card = { task: 'embeddings', engine: 'tei', maxTokens: 512, dimensions: 768, endpoint };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'parlance-cards-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The folder of a model with these files. */
async function model(name: string, files: Record<string, unknown>): Promise<void> {
  await mkdir(join(root, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await writeFile(join(root, name, path), JSON.stringify(content));
  }
}

test('a card with an endpoint is a model, without any files', async () => {
  await model('org/far', { 'parlance.json': card });
  const { cards, unusable } = await readModelDirectory(root, []);
  expect(unusable).toEqual([]);
  expect(cards).toMatchObject([
    {
      id: 'org/far',
      name: 'far',
      source: 'remote',
      engine: 'tei',
      files: [],
      graph: '',
      kernel: '',
      endpoint,
    },
  ]);
  expect(cards[0]).toMatchObject({ dtype: 'unknown', revision: 'unknown' });
});

test('what it says goes before what is assumed; its revision is what the server calls the model', async () => {
  const more = { name: 'BGE', dtype: 'fp16', licence: 'MIT', endpoint: { ...endpoint, model: 'bge' } };
  await model('far', { 'parlance.json': { ...card, ...more } });
  const { cards } = await readModelDirectory(root, []);
  expect(cards).toMatchObject([{ id: 'far', revision: 'bge', ...more }]);
});

test('with a kernel its tokenizer belongs to it, and is pinned', async () => {
  const more = { engine: 'kserve', kernel: 'sentence-embedding' };
  await model('far', { 'parlance.json': { ...card, ...more } });
  expect((await readModelDirectory(root, [])).unusable).toMatchObject([{ reason: /has no tokenizer.json/ }]);
  await model('far', { 'tokenizer.json': {}, 'tokenizer_config.json': {} });
  const { cards } = await readModelDirectory(root, []);
  expect(cards[0]?.files.map(({ path }) => path)).toEqual(['tokenizer.json', 'tokenizer_config.json']);
});

test.each<[string, object, RegExp]>([
  [
    'too little',
    { ...card, dimensions: undefined },
    /must say task, engine, maxTokens, and dimensions or labels unless/,
  ],
  [
    'a key instead of its name',
    { ...card, endpoint: { ...endpoint, key: 'sk-123' } },
    /the name of a variable/,
  ],
  ['a key in the address', { ...card, endpoint: { url: 'https://me:secret@host' } }, /No name, key or query/],
  [
    'another protocol',
    { ...card, endpoint: { url: 'file:///etc/passwd' } },
    /parlance.json is not what it should be/,
  ],
  ['a word that is no setting', { ...card, endpoint: { ...endpoint, apiKey: 'x' } }, /apiKey/],
])('one that says %s is not served', async (_, wrong, reason) => {
  await model('far', { 'parlance.json': wrong });
  const { cards, unusable } = await readModelDirectory(root, []);
  expect(cards).toEqual([]);
  expect(unusable).toMatchObject([{ id: 'far', reason }]);
});

test('a card that came with somebody else’s files cannot send texts anywhere', async () => {
  const layout = { paths: ['parlance.json'], text: async () => JSON.stringify(card) };
  const derived = deriveCard(layout, [], { id: 'their/model', source: 'hub' });
  await expect(derived).rejects.toMatchObject({
    code: 'unsupported',
    message: /only a folder in PARLANCE_MODELS_DIR/,
  });
});
