import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import {
  type ClassificationsResult,
  classificationsResult,
  languagesResult,
  rerankResult,
  taskListResponse,
  taskResponse,
} from '#contracts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server.stop());

/** Status, code and the first named field of what a bad request is answered with. */
async function refusal(path: string, body: unknown) {
  const response = await server.post(path, body);
  const problem = (await response.json()) as { code: string; errors?: { pointer: string }[] };
  return [response.status, problem.code, problem.errors?.[0]?.pointer];
}

describe('languages', () => {
  test('are told without a model, and the envelope says by what', async () => {
    const answer = await client.tasks.languages('¿Dónde está mi pedido? Lo compré hace dos semanas.');
    taskResponse(languagesResult.strict()).strict().parse(answer);
    expect(answer.result.language).toBe('es');
    expect(answer.model).toMatchObject({ id: 'eld', engine: 'n-grams' });
    expect(answer.usage).toEqual({ inputTokens: 0, outputTokens: 0, truncated: false });
  });

  test('a text without letters is in none, and an empty one is an error of its own', async () => {
    const answer = await client.tasks.languages(['12345 €', '', 'Where is my parcel, please?']);
    const { results } = taskListResponse(languagesResult).parse(answer);
    expect(results[0]).toEqual({ result: { language: 'und', confidence: 0, candidates: [] } });
    expect(results[1]).toMatchObject({ error: { code: 'invalid_input' } });
    expect(results[2]).toMatchObject({ result: { language: 'en' } });
  });

  test('only among what was said, which must be known', async () => {
    const { result } = await client.tasks.languages('Hello', { among: ['en', 'es'] });
    expect(result.candidates.map(({ language }) => language)).toContain('en');
    expect(result.candidates).toHaveLength(2);
    const refused = (among: string[]) => refusal('/api/v1/languages', { input: 'a', options: { among } });
    expect(await refused(['en', 'xx'])).toEqual([400, 'invalid_input', '/options/among/1']);
    expect(await refused(['english'])).toEqual([400, 'invalid_input', '/options/among/0']);
    expect(await refused([])).toEqual([400, 'invalid_input', '/options/among']);
  });
});

describe('rerank', () => {
  test('gives a score per text in their order, 1 for the query itself', async () => {
    const texts = ['Parcels arrive within three days.', 'How long does delivery take?'];
    const answer = await client.tasks.rerank(texts, { query: 'How long does delivery take?' });
    const { results } = taskListResponse(rerankResult.strict()).parse(answer);
    expect(results[1]).toEqual({ result: { score: 1 } });
    expect(answer.model.id).toBe('all-MiniLM-L6-v2');
    const { result } = await client.tasks.rerank(texts[0] ?? '', { query: texts[1] ?? '' });
    expect(results[0]).toEqual({ result });
    expect(result.score).toBeLessThan(1);
  });

  test('needs a query that says something', async () => {
    expect(await refusal('/api/v1/rerank', { input: 'a' })).toEqual([400, 'invalid_input', '/options']);
    const asked = (query: string) => refusal('/api/v1/rerank', { input: 'a', options: { query } });
    expect(await asked(' ')).toEqual([400, 'invalid_input', '/options/query']);
    expect((await asked('a'.repeat(100_001)))[2]).toBe('/options/query');
    const wrongModel = { input: 'a', model: 'sentiment', options: { query: 'b' } };
    expect(await refusal('/api/v1/rerank', wrongModel)).toEqual([400, 'invalid_input', '/model']);
  });
});

describe('classifications without training', () => {
  const labels = [
    'delivery',
    { name: 'refund', description: 'getting money back', examples: ['Refund me.'] },
  ];

  test('give each text one of the labels, with probabilities of all', async () => {
    const answer = await client.tasks.classifications(['Where is it?', 'Money back!'], { labels });
    const { results } = taskListResponse(classificationsResult.strict()).parse(answer);
    for (const item of results) {
      const { label, probabilities, outOfScope } = (item as { result: ClassificationsResult }).result;
      expect(Object.keys(probabilities)).toEqual(['delivery', 'refund']);
      expect(probabilities[label]).toBe(Math.max(...Object.values(probabilities)));
      expect(outOfScope).toBe(false);
    }
    const strict = await client.tasks.classifications('Where is it?', { labels, threshold: 1 });
    expect(strict.result.outOfScope).toBe(true);
  });

  test.each([
    ['neither labels nor a classifier', {}, 400, 'invalid_input', '/options'],
    ['both', { labels: ['a', 'b'], classifier: 'c' }, 400, 'invalid_input', '/options/labels'],
    ['one label', { labels: ['a'] }, 400, 'invalid_input', '/options/labels'],
    ['a label twice', { labels: ['a', 'b', 'a'] }, 400, 'invalid_input', '/options/labels/2'],
    ['an empty label', { labels: ['a', ' '] }, 400, 'invalid_input', '/options/labels/1'],
    [
      '101 labels',
      { labels: Array.from({ length: 101 }, (_, at) => `l${at}`) },
      400,
      'invalid_input',
      '/options/labels',
    ],
    ['a threshold of 2', { labels: ['a', 'b'], threshold: 2 }, 400, 'invalid_input', '/options/threshold'],
    ['a name that is none', { classifier: 'Mine!' }, 400, 'invalid_input', '/options/classifier'],
  ])('%s is refused', async (_, options, ...expected) => {
    expect(await refusal('/api/v1/classifications', { input: 'a', options })).toEqual(expected);
  });
});
