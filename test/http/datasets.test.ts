import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { datasetVersion, labelledDatasetList, labelledRow, labelledRowPage } from '#contracts';
import { codesOf } from '../fixtures/codes.ts';
import { runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let client: ParlanceClient;
const run = runOf({ rows: 4 });
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
  await client.evaluations.runs.record(run);
  await client.evaluations.runs.addSamples(
    run.id,
    ['1', '2', '3', '4'].map((id) => sampleOf(id)),
  );
  await client.evaluations.runs.seal(run.id);
});
afterAll(() => server?.stop());

const fromRun = (sample: string) => ({ runId: run.id, sample, repeat: 0 });
const row = (sample: string, change: object = {}) => ({
  ...{ input: { text: `How is ${sample}?` }, expected: 'good', from: fromRun(sample), ...change },
});
const datasets = () => client.evaluations.datasets;
const exportOf = async (name: string) => {
  const answer = await fetch(`${server.url}/api/v1/evaluations/datasets/${name}/export`);
  return { sha256: answer.headers.get('x-content-sha256'), lines: await answer.text() };
};
const sha256Of = (lines: string) => createHash('sha256').update(lines).digest('hex');

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

describe('a labelled row', () => {
  test('is added once for its origin, listed, found and taken back', async () => {
    const first = labelledRow
      .strict()
      .parse(await datasets().add('growing', row('1', { note: 'A 100% case' })));
    expect(first).toMatchObject({ ...row('1'), group: null, note: 'A 100% case', by: 'local' });
    expect(await datasets().add('growing', row('1', { note: 'A 100% case' }))).toEqual(first);
    await expect(datasets().add('growing', row('1', { expected: 'bad' }))).rejects.toMatchObject({
      code: 'conflict',
    });
    const second = await datasets().add('growing', row('2', { input: 'say "hi"', group: 'g' }));
    expect(second.group).toBe('g');
    await datasets().add('another', row('1'));
    const all = labelledRowPage.strict().parse(await datasets().rows('growing'));
    expect(all.rows).toEqual([first, second]);
    const one = await datasets().rows('growing', { limit: 1 });
    expect((await datasets().rows('growing', { after: one.next ?? '' })).rows).toEqual([second]);
    const found = async (search: string) =>
      (await datasets().rows('growing', { search })).rows.map(({ id }) => id);
    expect([await found('100%'), await found('SAY "HI"'), await found('100_')]).toEqual([
      ...[[first.id], [second.id], []],
    ]);
    await datasets().remove('growing', first.id);
    await expect(datasets().remove('growing', first.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(datasets().remove('another', second.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await datasets().rows('growing')).rows).toEqual([second]);
    expect((await datasets().add('growing', row('1'))).id).not.toBe(first.id);
  });

  test('comes from a conversation or a review as well, and from nowhere else', async () => {
    const { ledger } = server.running.services;
    const [conversation, question] = [randomUUID(), randomUUID()];
    const party = { tenant: 'default', customer: 'eve' };
    await ledger.open(party, { id: conversation, customerName: null, language: 'en', title: 'Hello' });
    await ledger.change(party, conversation, async ({ add }) => {
      const said = { messageId: question, parentId: null, text: 'Hello', authorName: null };
      await add({ kind: 'customer', id: 'eve' }, 'message-added', said);
    });
    const ofMessage = { conversationId: conversation, messageId: question };
    expect(await datasets().add('mixed', row('', { from: ofMessage }))).toMatchObject({
      group: conversation,
    });
    const { id: reviewId } = await client.evaluations.reviews.create({
      ...{ runIds: [run.id], select: { random: 1 } },
      rubric: { title: 'Good?', scale: { kind: 'scale', points: 3 } },
    });
    const item = await client.evaluations.reviews.next(reviewId);
    await datasets().add('mixed', row('', { from: { reviewId, itemId: item?.id ?? '' } }));
    for (const from of [
      { ...fromRun('99') },
      { ...fromRun('1'), repeat: 1 },
      { ...fromRun('1'), runId: randomUUID() },
      { ...ofMessage, messageId: randomUUID() },
      { reviewId, itemId: 'none' },
    ])
      await expect(datasets().add('mixed', row('', { from }))).rejects.toMatchObject({ code: 'not_found' });
    const listed = labelledDatasetList.strict().parse({ datasets: await datasets().list() });
    expect(listed.datasets.map(({ name, rows }) => [name, rows])).toContainEqual(['mixed', 2]);
  });

  test.each([
    ['without an origin', { input: 1, expected: 1 }, '/from'],
    ['without an input', { expected: 1, from: { reviewId: 'r', itemId: 'i' } }, '/input'],
    ['with a note that is too long', row('1', { note: 'x'.repeat(2001) }), '/note'],
    ['with a field that there is not', row('1', { more: 1 }), '/more'],
    ['nested without end', JSON.stringify(row('1', { input: 'DEEP' })).replace('"DEEP"', deep), '/input'],
    ['larger than a row is', row('1', { input: 'x'.repeat(70_000) }), '/input'],
  ])('is refused %s', async (_, body, pointer) => {
    const answer = await server.post('/api/v1/evaluations/datasets/refused/rows', body);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((each) => each.pointer)).toContain(pointer);
  });

  test('is not in a dataset whose name is none', async () => {
    const answer = await server.post('/api/v1/evaluations/datasets/No%20Name/rows', row('1'));
    expect(answer.status).toBe(400);
  });
});

describe('a version', () => {
  test('is what the export is, for good, under its hash', async () => {
    const rows = [];
    for (const id of ['3', '1', '2']) rows.push(await datasets().add('frozen', row(id)));
    const { sha256, lines } = await exportOf('frozen');
    expect(lines).toBe(
      rows
        .map(({ id, input }) => `{"expected":"good","id":"${id}","input":${JSON.stringify(input)}}\n`)
        .join(''),
    );
    expect(sha256).toBe(sha256Of(lines));
    const version = datasetVersion.strict().parse(await datasets().freeze('frozen'));
    expect(version).toMatchObject({ dataset: 'frozen', sha256, rows: 3, bytes: Buffer.byteLength(lines) });
    expect(await datasets().freeze('frozen')).toEqual(version);
    await datasets().remove('frozen', rows[0]?.id ?? '');
    expect((await exportOf('frozen')).sha256).not.toBe(sha256);
    expect(await text((await datasets().read('frozen', version.sha256)) as never)).toBe(lines);
    const second = await datasets().freeze('frozen');
    expect((await datasets().versions('frozen')).map((each) => each.sha256)).toEqual([second.sha256, sha256]);
    expect(await text((await datasets().export('frozen')) as never)).toBe(
      await text((await datasets().read('frozen', second.sha256)) as never),
    );
    for (const { id } of (await datasets().rows('frozen')).rows) await datasets().remove('frozen', id);
    expect((await datasets().rows('frozen')).rows).toEqual([]);
    await expect(datasets().freeze('frozen')).rejects.toMatchObject({ code: 'conflict' });
    const { entries } = await client.audit();
    expect(entries.filter(({ action }) => action === 'dataset.freeze')).toHaveLength(2);
  });

  test('is not found where there is none', async () => {
    const none = datasets();
    const codes = await codesOf([
      ...[none.rows('none'), none.freeze('none'), none.versions('none'), none.export('none')],
      ...[none.read('none', 'a'.repeat(64)), none.read('frozen', 'a'.repeat(64))],
    ]);
    expect(new Set(codes)).toEqual(new Set(['not_found']));
    await expect(none.read('frozen', 'abc')).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
