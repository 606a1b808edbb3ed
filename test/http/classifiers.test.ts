import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { classifier, classifierVersions, type LabelledText } from '#contracts';
import { startServer, type TestServer } from './server.ts';

const words = ['parcel', 'refund', 'password', 'invoice', 'roaming', 'router'];
const frames = [
  'where is my',
  'about the',
  'a question on my',
  'my is broken',
  'please help with the',
  'no more',
];
const rows: LabelledText[] = words.flatMap((label) =>
  frames.map((frame) => ({ text: `${frame} ${label}`, label })),
);

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server.stop());

describe('a classifier', () => {
  test('is trained in one call, measured, and serves at once', async () => {
    const made = await client.classifiers.train({ name: 'support', rows });
    classifier.strict().parse(made);
    expect(made).toMatchObject({
      name: 'support',
      version: 1,
      rows: 36,
      outOfScopeRows: 0,
      createdBy: 'local',
    });
    expect(made.labels).toEqual(Object.fromEntries(words.map((label) => [label, 6])));
    expect(made.accuracy.rows).toBe(36);
    expect(made.accuracy.low).toBeLessThanOrEqual(made.accuracy.value);
    expect(made.outOfScope.by).toBe('classes');

    const { result, model } = await client.tasks.classifications('where is my refund', {
      classifier: 'support',
    });
    expect(result).toMatchObject({ label: 'refund', classifier: 'support@1' });
    expect(Object.keys(result.probabilities)).toHaveLength(6);
    expect(model).toMatchObject({ id: made.model.id, revision: made.model.revision });
  }, 60_000);

  test('is trained once for a request that is sent again', async () => {
    const headers = { 'idempotency-key': 'once' };
    const send = async (body: unknown) => {
      const response = await server.post('/api/v1/classifiers', body, headers);
      return { status: response.status, body: await response.json() };
    };
    const first = await send({ name: 'once', rows });
    expect(first).toMatchObject({ status: 201, body: { name: 'once', version: 1 } });
    expect(await send({ name: 'once', rows })).toEqual(first);
    expect(await client.classifiers.versions('once')).toHaveLength(1);
    expect(await send({ name: 'other', rows })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await client.classifiers.remove('once');
  }, 60_000);

  test('gets a new version with its name; the old one is still there by its number', async () => {
    const two = rows.filter(({ label }) => label === 'parcel' || label === 'refund');
    const extra: LabelledText[] = [
      { text: 'where  is my PARCEL', label: 'parcel' },
      { text: 'where is my parcel', label: 'refund' },
      { text: 'a lonely text', label: 'roaming' },
      { text: 'what is the weather', label: 'oos' },
      { text: 'sing me a song', label: null },
    ];
    const made = await client.classifiers.train({ name: 'support', rows: [...two, ...extra] });
    expect(made).toMatchObject({ version: 2, rows: 16, outOfScopeRows: 2, outOfScope: { by: 'rows' } });
    expect(made.outOfScope.threshold).toBe(0);
    expect(made.warnings.map(({ code }) => code).sort()).toEqual([
      ...['contradiction', 'duplicates', 'no_threshold', 'one_row'],
    ]);
    const labelOf = async (reference: string) =>
      (await client.tasks.classifications('my router', { classifier: reference })).result.classifier;
    expect(await labelOf('support')).toBe('support@2');
    expect(await labelOf('support@1')).toBe('support@1');
    const versions = await client.classifiers.versions('support');
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    classifierVersions.parse({ name: 'support', versions });
    expect((await client.classifiers.list()).map(({ name, version }) => `${name}@${version}`)).toEqual([
      'support@2',
    ]);
    const again = two.map((row) => ({ ...row }));
    expect((await client.classifiers.train({ name: 'two', rows: again })).warnings).toMatchObject([
      { code: 'no_threshold' },
    ]);
  }, 120_000);

  test('says that nothing will be out of scope where rows without a label are worded like those with one', async () => {
    const same = rows.map(({ text }) => ({ text, label: null }));
    const made = await client.classifiers.train({ name: 'same', rows: [...rows, ...same] });
    expect(made.outOfScope).toMatchObject({ by: 'rows', threshold: 0 });
    expect(made.warnings).toEqual([
      { code: 'contradiction', detail: expect.stringMatching(/^36 texts .*none/) },
      { code: 'no_threshold', detail: expect.stringContaining('without a label') },
    ]);
    await client.classifiers.remove('same');
  }, 60_000);

  test('answers clients of Hugging Face by its name, as a model of text-classification', async () => {
    const ask = async (path: string, body: object) => {
      const answer = await server.post(`/hf/models/${path}`, { inputs: 'where is my refund', ...body });
      return { status: answer.status, body: (await answer.json()) as { label: string; score: number }[][] };
    };
    const { result } = await client.tasks.classifications('where is my refund', { classifier: 'support@1' });
    const parameters = { top_k: 1 };
    const found = {
      status: 200,
      body: [[{ label: result.label, score: result.probabilities[result.label] }]],
    };
    expect(await ask('support@1', { parameters })).toEqual(found);
    expect(await ask('support@1/pipeline/text-classification', { parameters })).toEqual(found);
    const newest = (await ask('support', {})).body[0]?.map(({ label }) => label);
    expect(newest?.sort()).toEqual(['parcel', 'refund', 'roaming']);
    for (const [path, status] of [
      ['support@9', 404],
      ['nobody', 404],
      ['support/pipeline/feature-extraction', 400],
      ['support/pipeline/no-such', 404],
    ] as const)
      expect((await ask(path, {})).status, path).toBe(status);
    const labels = { candidate_labels: ['travel', 'money'] };
    expect((await ask('support', { parameters: labels })).status).toBe(400);
    expect((await ask('support', { inputs: ['a', ' '] })).status).toBe(400);
  });

  test('is gone with its weights when it is deleted', async () => {
    const blobs = async () => {
      let count = 0;
      for await (const _ of server.running.services.blobs.list()) count++;
      return count;
    };
    const before = await blobs();
    await client.classifiers.remove('support');
    expect(await blobs()).toBe(before - 2);
    const call = client.tasks.classifications('my router', { classifier: 'support@1' });
    await expect(call).rejects.toMatchObject({
      code: 'not_found',
      details: { errors: [{ pointer: '/options/classifier' }] },
    });
    await expect(client.classifiers.versions('support')).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.classifiers.remove('support')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('one is trained at a time, and a caller that hangs up ends its training', async () => {
    const many = Array.from({ length: 4000 }, (_, at) => ({
      text: `text ${at}`,
      label: words[at % 6] as string,
    }));
    const controller = new AbortController();
    const first = client.classifiers.train({ name: 'slow', rows: many }, { signal: controller.signal });
    const refusal = async () => {
      const { status } = await server.post('/api/v1/classifiers', { name: 'other', rows: rows.slice(0, 1) });
      return status;
    };
    await expect.poll(refusal, { timeout: 20_000 }).toBe(429);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    // What is wrong with these rows is told as soon as somebody has time to look at them.
    await expect.poll(refusal, { timeout: 20_000 }).toBe(400);
    expect(await client.classifiers.list()).not.toContainEqual(expect.objectContaining({ name: 'slow' }));
  }, 60_000);

  test.each([
    ['a name with capitals', { name: 'Support', rows }, 400, '/name'],
    ['a name that is a path', { name: '../x', rows }, 400, '/name'],
    ['no rows', { name: 'a', rows: [] }, 400, '/rows'],
    ['one label', { name: 'a', rows: rows.slice(0, 3) }, 400, '/rows'],
    ['nothing but strangers', { name: 'a', rows: [{ text: 'x', label: null }] }, 400, '/rows'],
    ['an empty text', { name: 'a', rows: [...rows, { text: ' ', label: 'b' }] }, 400, '/rows/36/text'],
    ['an empty label', { name: 'a', rows: [...rows, { text: 'x', label: ' ' }] }, 400, '/rows/36/label'],
    ['no label', { name: 'a', rows: [...rows, { text: 'x' }] }, 400, '/rows/36/label'],
    [
      '1 MB of text in a row',
      { name: 'a', rows: [{ text: 'x'.repeat(1e6), label: 'b' }] },
      400,
      '/rows/0/text',
    ],
    ['5 MB', { name: 'a', rows: [{ text: 'x'.repeat(5e6), label: 'b' }] }, 413, ''],
  ])('%s is refused', async (_, body, status, pointer) => {
    const response = await server.post('/api/v1/classifiers', body);
    const problem = (await response.json()) as { errors?: { pointer: string }[] };
    expect([response.status, problem.errors?.[0]?.pointer]).toEqual([status, pointer]);
  });
});

test('a classifier is its company’s, and only who may train can', async () => {
  const closed = await startServer({ PARLANCE_AUTH: 'keys' });
  try {
    const { keys } = closed.running.services;
    const keyOf = async (tenant: string, scope: 'train' | 'inference') => {
      const wish = { name: scope, scopes: [scope], ratePerMinute: null, expiresInDays: null };
      return (await keys.create({ tenant, actor: 'local' }, wish)).secret;
    };
    const as = async (tenant: string, scope: 'train' | 'inference') =>
      new ParlanceClient({ baseUrl: closed.url, apiKey: await keyOf(tenant, scope) });
    const [trainer, reader] = [await as('a', 'train'), await as('a', 'inference')];
    const [stranger, rival] = [await as('b', 'inference'), await as('b', 'train')];
    await trainer.classifiers.train({ name: 'mine', rows });
    const ask = (who: ParlanceClient) => who.tasks.classifications('my router', { classifier: 'mine' });
    expect((await ask(reader)).result.classifier).toBe('mine@1');
    await expect(ask(stranger)).rejects.toMatchObject({ code: 'not_found' });
    for (const [tenant, status] of [
      ['a', 200],
      ['b', 404],
    ] as const) {
      const headers = { authorization: `Bearer ${await keyOf(tenant, 'inference')}` };
      expect((await closed.post('/hf/models/mine', { inputs: 'a' }, headers)).status).toBe(status);
    }
    await expect(stranger.classifiers.versions('mine')).rejects.toMatchObject({ code: 'not_found' });
    expect(await stranger.classifiers.list()).toEqual([]);
    await expect(rival.classifiers.remove('mine')).rejects.toMatchObject({ code: 'not_found' });
    for (const attempt of [reader.classifiers.remove('mine'), reader.classifiers.train({ name: 'x', rows })])
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    expect((await ask(reader)).result.classifier).toBe('mine@1');
  } finally {
    await closed.stop();
  }
}, 60_000);
