import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../http/server.ts';
import { newKey } from './keys.ts';

let server: TestServer;
let key = '';
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  key = await newKey(server, ['inference']);
});
afterAll(() => server?.stop());

const post = (path: string, body: unknown) =>
  server.post(`/tei/${path}`, body, { authorization: `Bearer ${key}` });
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
const answer = async (path: string, body: unknown): Promise<any> => (await post(path, body)).json();

describe('embed', () => {
  test('gives a list of vectors, also for one text', async () => {
    const [alone] = await answer('embed', { inputs: 'What is Deep Learning?' });
    expect(alone).toHaveLength(384);
    const body = {
      inputs: ['What is Deep Learning?', 'b'],
      normalize: true,
      truncate: true,
      dimensions: 384,
    };
    const both = await answer('embed', body);
    expect(both).toHaveLength(2);
    expect(both[0]).toEqual(alone);
    const length = Math.hypot(...alone);
    expect(length).toBeCloseTo(1, 5);
  });

  test('cuts a long text and says so in a header, unless it must not', async () => {
    const inputs = 'word '.repeat(400);
    expect((await post('embed', { inputs })).headers.get('x-truncated')).toBe('true');
    expect((await post('embed', { inputs: 'word' })).headers.get('x-truncated')).toBe('false');
    const refused = await post('embed', { inputs, truncate: false });
    expect([refused.status, await refused.json()]).toMatchObject([422, { error_type: 'Validation' }]);
    expect((await post('embed', { inputs, truncation_direction: 'Left' })).status).toBe(422);
    expect((await post('embed', { inputs: 'word', truncation_direction: 'Left' })).status).toBe(200);
  });
});

describe('predict', () => {
  test('scores a text, a list of one, and a batch of lists', async () => {
    const classes = [...Array(3)].map(() => ({ label: expect.any(String), score: expect.any(Number) }));
    const one = await answer('predict', { inputs: 'I like you.' });
    expect(one).toEqual(classes);
    expect(one[0].score).toBeGreaterThanOrEqual(one[1].score);
    expect(await answer('predict', { inputs: ['I like you.'] })).toEqual(one);
    expect(await answer('predict', { inputs: [['I like you.'], ['I hate pineapples']] })).toEqual([
      one,
      classes,
    ]);
  });

  test('takes two strings for one pair, as TEI does, and says how two texts are sent', async () => {
    for (const inputs of [
      ['a', 'b'],
      [['a'], ['b', 'c']],
    ]) {
      const refused = await post('predict', { inputs });
      expect(refused.status).toBe(422);
      expect((await refused.json()) as object).toMatchObject({
        error: expect.stringContaining('[["first"], ["second"]]'),
        error_type: 'Validation',
      });
    }
  });
});

test('rerank orders texts by their cosine to the query, and similarity leaves them in their order', async () => {
  const texts = ['Deep Learning is not...', 'Deep learning is...', 'What is Deep Learning?'];
  const query = 'What is Deep Learning?';
  const ranking = await answer('rerank', { query, texts, raw_scores: false });
  expect(ranking[0]).toEqual({ index: 2, score: 1 });
  expect(ranking.map(({ index }: { index: number }) => index).sort()).toEqual([0, 1, 2]);
  const raw = await answer('rerank', { query, texts, raw_scores: true, return_text: true });
  expect(raw[0]).toEqual({ index: 2, score: 1, text: query });
  for (const [at, { score }] of raw.entries()) expect(ranking[at].score).toBeCloseTo((1 + score) / 2, 6);
  const cosines = await answer('similarity', { inputs: { source_sentence: query, sentences: texts } });
  for (const { index, score } of raw) expect(cosines[index]).toBeCloseTo(score, 6);
});

test('info, health and metrics', async () => {
  const headers = { authorization: `Bearer ${key}` };
  const info = await (await fetch(`${server.url}/tei/info`, { headers })).json();
  expect(info).toMatchObject({
    model_id: 'all-MiniLM-L6-v2',
    model_dtype: 'int8',
    model_type: { embedding: { pooling: 'mean' } },
    max_input_length: 256,
    auto_truncate: true,
  });
  const health = await fetch(`${server.url}/tei/health`);
  expect([health.status, await health.text()]).toEqual([200, '']);
  expect(await (await fetch(`${server.url}/tei/metrics`)).text()).toContain('parlance_inference_seconds');
});

describe('errors are as TEI’s code writes them', () => {
  test.each<[string, string, unknown, number, string]>([
    ['no inputs', 'embed', {}, 422, 'Validation'],
    ['an empty list', 'embed', { inputs: [] }, 422, 'Validation'],
    ['a blank text', 'embed', { inputs: ['a', ' '] }, 422, 'Validation'],
    ['token ids', 'embed', { inputs: [101, 102] }, 422, 'Validation'],
    ['fewer dimensions', 'embed', { inputs: 'a', dimensions: 12 }, 422, 'Validation'],
    ['another length of vectors', 'embed', { inputs: 'a', normalize: false }, 422, 'Validation'],
    ['a prompt', 'embed', { inputs: 'a', prompt_name: 'query' }, 422, 'Validation'],
    ['raw scores of classes', 'predict', { inputs: 'a', raw_scores: true }, 422, 'Validation'],
    ['no query', 'rerank', { texts: ['a'] }, 422, 'Validation'],
    ['broken JSON', 'embed', '{"inputs"', 422, 'Validation'],
    ['a text without end', 'embed', { inputs: 'a'.repeat(100_001) }, 413, 'Validation'],
    ['a body without end', 'embed', { inputs: 'a'.repeat(5_000_000) }, 413, 'Validation'],
    ['another place', 'embed_sparse', { inputs: 'a' }, 404, 'not_found'],
  ])('%s', async (_, path, body, status, type) => {
    const response = await post(path, body);
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { error: expect.stringMatching(/\w/), error_type: type },
    ]);
  });

  test('without a key', async () => {
    expect((await server.post('/tei/embed', { inputs: 'a' })).status).toBe(401);
    expect((await fetch(`${server.url}/tei/info`)).status).toBe(401);
  });

  test('without workers is 424, which no client takes for a busy server', async () => {
    const { pool } = server.running.services.inference;
    await pool.stop(0);
    const gone = await post('embed', { inputs: 'a' });
    expect([gone.status, await gone.json()]).toMatchObject([424, { error_type: 'Backend' }]);
    const headers = { authorization: `Bearer ${key}` };
    expect((await server.post('/hf/models/sentiment', { inputs: 'a' }, headers)).status).toBe(424);
  });
});
