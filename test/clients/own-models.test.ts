import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceClient, InferenceClientProviderApiError } from '@huggingface/inference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { startServer, type TestServer } from '../http/server.ts';
import { pythonForTests } from './python.ts';

const fixtures = join(import.meta.dirname, '../fixtures/architectures');
const models = ['tiny-names', 'tiny-cross-encoder', 'tiny-nli', 'tiny-polarity', 'tiny-bart', 'tiny-m2m'];
const python = await pythonForTests();

let folder: string;
let server: TestServer;
let client: ParlanceClient;
const hub = new InferenceClient('none');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-architectures-'));
  for (const model of models) await cp(join(fixtures, model), join(folder, model), { recursive: true });
  await cp(join(fixtures, '../chat-models/tiny-chat'), join(folder, 'tiny-chat'), { recursive: true });
  // Its tokenizer does not say which of its tokens are languages: a card beside it does.
  const card = { languageTokens: { en: '__en__', es: '__es__', fr: '__fr__' } };
  await writeFile(join(folder, 'tiny-m2m/parlance.json'), JSON.stringify(card));
  server = await startServer({ PARLANCE_ENGINE: 'onnx', PARLANCE_MODELS_DIR: folder, PARLANCE_DEMO: 'off' });
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

const at = (path: string) => ({ endpointUrl: `${server.url}/hf/models/${path}` });
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
const answer = async (path: string, body: unknown): Promise<any> => (await server.post(path, body)).json();
const tei = (path: string, body: unknown) => answer(`/tei/${path}`, body);

async function refusal(call: Promise<unknown>) {
  const error = (await call.catch((thrown) => thrown)) as InferenceClientProviderApiError;
  expect(error).toBeInstanceOf(InferenceClientProviderApiError);
  return { status: error.httpResponse.status, said: (error.httpResponse.body as { error: string }).error };
}

test('folders of every architecture are models of their tasks', async () => {
  const { models: listed, unusable } = await server.json('/api/v1/models');
  expect(unusable).toEqual([]);
  const own = listed.filter(({ source }: { source: string }) => source === 'dir');
  expect(Object.fromEntries(own.map(({ id, task }: { id: string; task: string }) => [id, task]))).toEqual({
    ...{ 'tiny-names': 'entities', 'tiny-cross-encoder': 'rerank', 'tiny-nli': 'classifications' },
    ...{ 'tiny-polarity': 'sentiment', 'tiny-bart': 'summaries', 'tiny-m2m': 'translations' },
    'tiny-chat': 'chat',
  });
});

describe('the tasks', () => {
  const text = '👍 Anna Müller of Deutsche Bank (anna@example.com) paid with 4111 1111 1111 1111.';

  test('entities and redactions go by the model, and by patterns before it', async () => {
    const { result, model } = await client.tasks.entities(text, { model: 'tiny-names' });
    expect(model.id).toBe('tiny-names');
    for (const { text: own, start, end } of result.entities) expect(text.slice(start, end)).toBe(own);
    const sources = new Set(result.entities.map(({ source }) => source));
    expect(sources).toEqual(new Set(['model', 'pattern', 'checked']));
    const redacted = await client.tasks.redactions(text, { model: 'tiny-names' });
    expect(redacted.result.text).toContain('[CARD]');
  });

  test('rerank goes by the cross-encoder when nobody says otherwise', async () => {
    const answer = await client.tasks.rerank(['a parcel', 'the weather'], { query: 'parcels' });
    expect(answer.model.id).toBe('tiny-cross-encoder');
    for (const item of answer.results) expect(item).toMatchObject({ result: { logit: expect.any(Number) } });
  });

  test('summaries and translations are written', async () => {
    const long = 'The parcel from Paris has not arrived. '.repeat(30);
    const { result, usage } = await client.tasks.summaries(long, { model: 'tiny-bart' });
    expect(result.sections).toBeGreaterThan(1);
    expect(usage.truncated).toBe(false);
    const translated = await client.tasks.translations(['The parcel.'], {
      ...{ model: 'tiny-m2m', source: 'en', target: 'es' },
    });
    expect(translated.results[0]).toMatchObject({ result: { source: 'en', target: 'es' } });
    const chatty = await client.tasks.summaries(long.slice(0, 400), { model: 'tiny-chat' });
    expect(chatty.result.sections).toBeGreaterThan(1);
    const refused = client.tasks.summaries('Hello.', { model: 'tiny-bart', sentences: 2 });
    await expect(refused).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('whatever the text', () => {
  const odd = [
    ...[
      '👩‍👩‍👧 👍🏽 🇪🇸',
      'e\u0301e\u0301 \u0301',
      'שלום עולם',
      'سلام',
      '東京に住む',
      '\u200b\u200d\ufeff',
      '\u0000\u0007',
      '…!?',
    ],
    'x'.repeat(20_000),
  ];

  test('there is a result of every one, and places are right', async () => {
    const { results } = await client.tasks.entities(odd, { model: 'tiny-names' });
    for (const [at, item] of results.entries()) {
      if (!('result' in item)) throw new Error(item.error.detail);
      for (const { text, start, end, startCodePoint, endCodePoint } of item.result.entities) {
        expect(odd[at]?.slice(start, end)).toBe(text);
        expect([...(odd[at] ?? '')].slice(startCodePoint, endCodePoint).join('')).toBe(text);
      }
    }
    const ranked = await client.tasks.rerank(odd, { query: '👍' });
    const labels = ['travel', 'money'];
    const labelled = await client.tasks.classifications(odd, { model: 'tiny-nli', labels });
    const written = await client.tasks.summaries(odd.slice(0, -1), { model: 'tiny-bart' });
    for (const { results: all } of [ranked, labelled, written])
      expect(all.filter((item) => 'error' in item)).toEqual([]);
    expect(ranked.usage.truncated).toBe(true);
  });

  test('one that is too long, or in a language that nobody translates, is refused by name', async () => {
    for (const model of ['tiny-names', 'tiny-bart', 'tiny-m2m']) {
      const response = await server.post(`/hf/models/${model}`, {
        ...{ inputs: 'x'.repeat(1_000_000), parameters: { tgt_lang: 'es' } },
      });
      expect([model, response.status]).toEqual([model, 413]);
    }
    const french = client.tasks.translations(['Hola'], { model: 'tiny-m2m', source: 'de', target: 'es' });
    await expect(french).rejects.toMatchObject({ code: 'unsupported' });
    const klingon = client.tasks.translations(['Hola'], { model: 'tiny-m2m', target: 'tlh' });
    await expect(klingon).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('the official client', () => {
  const text = 'we met 👍 jean-luc in new york';

  test('finds entities, with places in code points', async () => {
    const found = await hub.tokenClassification({ ...at('tiny-names'), inputs: text });
    expect(found.length).toBeGreaterThan(0);
    for (const { word, start, end } of found) expect([...text].slice(start, end).join('')).toBe(word);
    const parameters = { aggregation_strategy: 'average' as const, ignore_labels: ['O', 'PER'] };
    const some = await hub.tokenClassification({ ...at('tiny-names'), inputs: text, parameters });
    expect(some.every(({ entity_group }) => entity_group !== 'PER')).toBe(true);
    const all = { ignore_labels: [] };
    const refused = hub.tokenClassification({ ...at('tiny-names'), inputs: text, parameters: all });
    expect((await refusal(refused)).said).toContain('ignore_labels');
  });

  test('of a list gets a list for each, and of single tokens their own labels', async () => {
    const parameters = { aggregation_strategy: 'none' };
    const body = { inputs: [text, 'x'], parameters };
    const [first, second] = await answer('/hf/models/tiny-names', body);
    expect(first[0]).toMatchObject({ entity: expect.stringMatching(/^[BI]-/), index: 1 });
    expect(second).toEqual([]);
  });

  test('sums up, in a model’s words or by the sentences of the text', async () => {
    const inputs = 'The parcel has not arrived. It was sent on Monday. The weather is fine.';
    const written = await hub.summarization({ ...at('tiny-bart'), inputs });
    expect(written.summary_text).not.toBe('');
    const picked = await hub.summarization({ ...at('all-MiniLM-L6-v2/pipeline/summarization'), inputs });
    expect(inputs).toContain(picked.summary_text.split('. ')[0]);
    const parameters = { generate_parameters: { max_length: 10 } };
    const refused = await refusal(hub.summarization({ ...at('tiny-bart'), inputs, parameters }));
    expect(refused).toMatchObject({ status: 400, said: expect.stringContaining('words') });
  });

  test('labels without training, by inference or by meaning', async () => {
    const parameters = { candidate_labels: ['travel', 'money', 'parcels'] };
    for (const model of ['tiny-nli', 'all-MiniLM-L6-v2']) {
      const found = await hub.zeroShotClassification({
        ...at(model),
        inputs: 'My parcel is late.',
        parameters,
      });
      expect(found.map(({ label }) => label).sort()).toEqual(['money', 'parcels', 'travel']);
      expect(found.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 2);
    }
    const several = { ...parameters, multi_label: true, hypothesis_template: 'It is about {}.' };
    const call = (model: string) =>
      hub.zeroShotClassification({ ...at(model), inputs: 'a', parameters: several });
    expect(await call('tiny-nli')).toHaveLength(3);
    expect((await refusal(call('all-MiniLM-L6-v2'))).status).toBe(400);
    const one = { candidate_labels: ['travel'] };
    expect(
      (await refusal(hub.zeroShotClassification({ ...at('tiny-nli'), inputs: 'a', parameters: one }))).status,
    ).toBe(400);
  });

  test('classifies by labels of the model’s own', async () => {
    const classes = await hub.textClassification({ ...at('tiny-nli'), inputs: 'a' });
    expect(classes.map(({ label }) => label).sort()).toEqual(['contradiction', 'entailment', 'neutral']);
  });
});

test.skipIf(!python)('huggingface_hub does the same', async () => {
  const said = await python?.('own_models.py', { BASE_URL: server.url });
  expect(said?.trim().split('\n')).toEqual([
    'token-classification',
    'summarization',
    'zero-shot-classification',
    'errors',
  ]);
});

describe('text-embeddings-inference', () => {
  test('rerank is by the cross-encoder, as logits or between 0 and 1', async () => {
    const body = { query: 'parcels', texts: ['a parcel', 'the weather'], return_text: true };
    const ranking = await tei('rerank', body);
    const raw = await tei('rerank', { ...body, raw_scores: true });
    expect(raw.map(({ index }: { index: number }) => index)).toEqual(
      ranking.map(({ index }: { index: number }) => index),
    );
    for (const [place, { score, text }] of ranking.entries()) {
      expect(score).toBeCloseTo(1 / (1 + Math.exp(-raw[place].score)), 3);
      expect(body.texts).toContain(text);
    }
    const long = { ...body, texts: ['word '.repeat(200)], truncate: false };
    expect((await server.post('/tei/rerank', long)).status).toBe(422);
  });

  test('info is of the model that is asked for, by its kind', async () => {
    const info = async (model: string) => (await server.json(`/tei/info?model=${model}`)).model_type;
    expect(await info('tiny-cross-encoder')).toEqual({
      reranker: { id2label: { 0: 'LABEL_0' }, label2id: { LABEL_0: 0 } },
    });
    expect(await info('tiny-nli')).toMatchObject({ classifier: { label2id: { entailment: 1 } } });
    expect((await fetch(`${server.url}/tei/info?model=tiny-bart`)).status).toBe(422);
  });

  test('tokens come with their places in code points, and go back to the text', async () => {
    const text = 'a 👍 parcel from MÜNCHEN';
    const [tokens] = await tei('tokenize', { inputs: text });
    expect([tokens[0], tokens.at(-1)]).toMatchObject([
      { text: '[CLS]', special: true, start: null },
      { text: '[SEP]', special: true, stop: null },
    ]);
    const own = tokens.filter(({ special }: { special: boolean }) => !special);
    for (const token of own) expect([...text].slice(token.start, token.stop).join('')).toBe(token.text);
    const ids = tokens.map(({ id }: { id: number }) => id);
    expect(await tei('decode', { ids })).toEqual(['a parcel from munchen']);
    const bare = await tei('tokenize', { inputs: [text, 'x'], add_special_tokens: false });
    expect(bare.map(({ length }: { length: number }) => length)).toEqual([own.length, 1]);
    expect(await tei('decode', { ids: [ids.slice(0, 2), []], skip_special_tokens: false })).toEqual([
      '[CLS] a',
      '',
    ]);
    expect((await server.post('/tei/tokenize', { inputs: ['a', 'b'.repeat(100_001)] })).status).toBe(413);
  });
});
