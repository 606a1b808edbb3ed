import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DerivedCard, deriveCard, type ModelLayout, readModelDirectory } from '#inference';
import { modelKinds } from './index.ts';

const fixtures = join(import.meta.dirname, '../../test/fixtures/model-folder');

/** Files that need not exist: what is not JSON already is made so. */
function layoutWith(files: Record<string, unknown>): ModelLayout {
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return {
    paths: Object.keys(files).sort(),
    text: async (path) => (path in files ? asText(files[path]) : undefined),
  };
}

const derive = (files: Record<string, unknown>, id = 'm'): Promise<DerivedCard> =>
  deriveCard(layoutWith(files), modelKinds, { id, source: 'hub' });

const bert = {
  architectures: ['BertModel'],
  model_type: 'bert',
  hidden_size: 8,
  max_position_embeddings: 512,
};
const graphs = { 'onnx/model.onnx': '', 'onnx/model_quantized.onnx': '' };

describe('a card made from the files of a model', () => {
  test('of sentence-transformers has the pooling that they do, and the shortest limit', async () => {
    const files = {
      ...{ ...graphs, 'config.json': bert, 'sentence_bert_config.json': { max_seq_length: 128 } },
      'modules.json': [{ type: 'sentence_transformers.models.Transformer' }, { type: 'a.Pooling' }],
      '1_Pooling/config.json': { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
    };
    expect(await derive(files)).toMatchObject({
      ...{
        task: 'embeddings',
        kernel: 'sentence-embedding',
        pooling: 'cls',
        normalize: false,
        dimensions: 8,
      },
      ...{ maxTokens: 128, graph: 'onnx/model_quantized.onnx', dtype: 'int8' },
    });
    const more = { ...files, 'modules.json': [{ type: 'a.Transformer' }, { type: 'a.Dense' }] };
    await expect(derive(more)).rejects.toMatchObject({ code: 'unsupported', message: /Dense/ });
    const last = { ...files, '1_Pooling/config.json': { pooling_mode_lasttoken: true } };
    await expect(derive(last)).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('of RoBERTa leaves room for its padding', async () => {
    const config = { ...bert, model_type: 'roberta', max_position_embeddings: 514 };
    const tokenizer = { model_max_length: 1e30 };
    const files = { ...graphs, 'config.json': config, 'tokenizer_config.json': tokenizer };
    expect((await derive(files)).maxTokens).toBe(512);
  });

  test.each([
    [{ 0: 'NEGATIVE', 1: 'POSITIVE' }, 'sentiment', ['negative', 'positive']],
    [{ 1: 'neu', 0: 'pos', 2: 'neg' }, 'sentiment', ['positive', 'neutral', 'negative']],
    [
      { 0: '1 star', 1: '2 stars', 2: '3 stars', 3: '4 stars', 4: '5 stars' },
      'sentiment',
      ['negative', 'negative', 'neutral', 'positive', 'positive'],
    ],
    [{ 0: 'joy', 1: 'anger' }, 'classifications', ['joy', 'anger']],
    [
      Object.fromEntries(Array.from({ length: 12 }, (_, at) => [at, `l${at}`])),
      'classifications',
      Array.from({ length: 12 }, (_, at) => `l${at}`),
    ],
  ])('of a classifier with %j is for %s', async (id2label, task, labels) => {
    const config = { ...bert, architectures: ['BertForSequenceClassification'], id2label };
    expect(await derive({ ...graphs, 'config.json': config })).toMatchObject({ task, labels });
  });

  test('of a Marian model knows its languages from its name or from a card of ours', async () => {
    const files = {
      'config.json': { model_type: 'marian', architectures: ['MarianMTModel'] },
      'onnx/encoder_model.onnx': '',
      'onnx/decoder_model_merged.onnx': '',
    };
    expect(await derive(files, 'owner/opus-mt-en-de')).toMatchObject({
      ...{ task: 'translations', pairs: [{ source: 'en', target: 'de', prefix: '' }] },
      ...{ graph: 'onnx/encoder_model.onnx', decoder: 'onnx/decoder_model_merged.onnx' },
    });
    await expect(derive(files)).rejects.toMatchObject({ code: 'unsupported', message: /pairs/ });
    const pairs = [{ source: 'en', target: 'es', prefix: '>>es<< ' }];
    expect((await derive({ ...files, 'parlance.json': { pairs } })).pairs).toEqual(pairs);
  });

  test('of a token classifier is for entities, and of one score for a pair for reranking', async () => {
    const names = { 0: 'O', 2: 'I-PER', 1: 'B-PER' };
    const tagger = { ...bert, architectures: ['BertForTokenClassification'], id2label: names };
    expect(await derive({ ...graphs, 'config.json': tagger })).toMatchObject({
      ...{ task: 'entities', kernel: 'token-classification', labels: ['O', 'B-PER', 'I-PER'] },
    });
    const scorer = {
      ...bert,
      architectures: ['BertForSequenceClassification'],
      id2label: { 0: 'LABEL_0' },
    };
    expect(await derive({ ...graphs, 'config.json': scorer })).toMatchObject({
      ...{ task: 'rerank', kernel: 'cross-encoder', maxTokens: 512 },
    });
  });

  const writer = {
    'onnx/encoder_model_quantized.onnx': '',
    'onnx/decoder_model_quantized.onnx': '',
    'onnx/decoder_with_past_model.onnx': '',
  };

  test('of a many-to-many translator has the tokens of its languages, by the names that everybody uses', async () => {
    const tokens = ['eng_Latn', 'spa_Latn', 'zho_Hans', 'zho_Hant', '__fr__', '<mask>'];
    const files = {
      ...{ ...writer, 'config.json': { model_type: 'm2m_100' } },
      'tokenizer_config.json': { additional_special_tokens: tokens },
    };
    expect(await derive(files)).toMatchObject({
      ...{ task: 'translations', decoderNext: 'onnx/decoder_with_past_model.onnx' },
      decoder: 'onnx/decoder_model_quantized.onnx',
      languageTokens: {
        ...{ en: 'eng_Latn', es: 'spa_Latn', zh: 'zho_Hans', 'zh-TW': 'zho_Hant', fr: '__fr__' },
      },
    });
    await expect(derive({ ...files, 'tokenizer_config.json': {} })).rejects.toMatchObject({
      message: /languageTokens/,
    });
  });

  test('of T5 is for summaries, or for what somebody wants that it was trained for', async () => {
    const ways = {
      summarization: { prefix: 'summarize: ' },
      translation_en_to_de: { prefix: 'translate English to German: ' },
    };
    const config = {
      ...{ model_type: 't5', architectures: ['T5ForConditionalGeneration'], n_positions: 512 },
      task_specific_params: ways,
    };
    const files = { ...writer, 'config.json': config };
    expect(await derive(files)).toMatchObject({
      task: 'summaries',
      kernel: 'seq2seq',
      prefix: 'summarize: ',
    });
    const translating = { ...files, 'parlance.json': { task: 'translations' } };
    expect((await derive(translating)).pairs).toEqual([
      { source: 'en', target: 'de', prefix: 'translate English to German: ' },
    ]);
    const plain = { ...translating, 'config.json': { ...config, task_specific_params: null } };
    await expect(derive(plain)).rejects.toMatchObject({ message: /pairs/ });
    const pictures = { ...files, 'config.json': { ...config, model_type: 'blip' } };
    await expect(derive(pictures)).rejects.toMatchObject({ message: /none of the kinds/ });
  });

  test('says what is missing of a model that cannot be served', async () => {
    await expect(derive({})).rejects.toMatchObject({ message: /config\.json/ });
    await expect(derive({ 'config.json': '{"cut' })).rejects.toMatchObject({ message: /no JSON/ });
    await expect(derive({ 'config.json': bert })).rejects.toMatchObject({ message: /onnx\/model\.onnx/ });
    const vision = { ...bert, architectures: ['ViTForImageClassification'] };
    await expect(derive({ ...graphs, 'config.json': vision })).rejects.toMatchObject({ message: /ViT/ });
  });

  test('a card of ours beside the files has the last word', async () => {
    const own = { task: 'rerank', name: 'Ours', licence: 'Proprietary' };
    const card = await derive({ ...graphs, 'config.json': bert, 'parlance.json': own });
    expect(card).toMatchObject({ task: 'rerank', name: 'Ours', licence: 'Proprietary', dimensions: 8 });
    const wrong = derive({ ...graphs, 'config.json': bert, 'parlance.json': { task: 'juggling' } });
    await expect(wrong).rejects.toMatchObject({ code: 'unsupported', message: /parlance\.json/ });
  });

  test('whatever the files say, there is a card or a reason', async () => {
    const path = fc.constantFrom('config.json', 'tokenizer_config.json', 'modules.json', 'README.md');
    const files = fc.dictionary(path, fc.oneof(fc.json(), fc.string()));
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const made = await derive({ ...graphs, ...some }).catch((error) => error);
        expect(made instanceof Error ? made : 'card').toSatisfy(
          (value: unknown) => value === 'card' || (value as { code?: string }).code === 'unsupported',
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a folder of models', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-dir-'));
    await cp(fixtures, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is read with owners and pins what it finds', async () => {
    const { cards, unusable } = await readModelDirectory(folder, modelKinds);
    expect(unusable).toEqual([]);
    expect(cards.map(({ id, task, licence }) => [id, task, licence])).toEqual([
      ['acme/tiny-embedder', 'embeddings', 'Apache-2.0'],
      ['acme/tiny-moods', 'sentiment', 'MIT'],
      ['acme/tiny-topics', 'classifications', 'MIT'],
    ]);
    for (const { files, graph, revision } of cards) {
      expect(files.map(({ path }) => path)).toContain('tokenizer.json');
      expect(files.find(({ path }) => path === graph)?.sha256.slice(0, 12)).toBe(revision);
    }
  });

  test('a model that cannot be served takes none of the others with it', async () => {
    await rm(join(folder, 'acme/tiny-moods/tokenizer.json'));
    await writeFile(join(folder, 'acme/tiny-topics/config.json'), '{');
    const { cards, unusable } = await readModelDirectory(folder, modelKinds);
    expect(cards.map(({ id }) => id)).toEqual(['acme/tiny-embedder']);
    expect(unusable).toEqual([
      { id: 'acme/tiny-moods', reason: expect.stringMatching(/no tokenizer\.json/) },
      { id: 'acme/tiny-topics', reason: expect.stringMatching(/no JSON/) },
    ]);
    expect(JSON.stringify(unusable)).not.toContain(folder);
  });

  test('a folder that is not there is the setting’s fault', async () => {
    await expect(readModelDirectory(join(folder, 'none'), modelKinds)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
