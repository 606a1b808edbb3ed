import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Batch, Problem } from '#contracts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const base = '/api/v1/batches';

function submit(
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [key, value] of Object.entries({ task: 'sentiment', ...fields })) form.set(key, value);
  form.set('file', new Blob([content]), name);
  return fetch(server.url + base, { method: 'POST', body: form, headers });
}

/** The job of a good form. */
const start = async (...args: Parameters<typeof submit>): Promise<Batch> => {
  const answer = await submit(...args);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Batch;
};

const get = (id: string): Promise<Batch> => server.json(`${base}/${id}`);
const order = (id: string, verb: string) => server.post(`${base}/${id}/${verb}`, '');
const results = async (id: string, format = '') =>
  (await fetch(`${server.url}${base}/${id}/results${format && `?format=${format}`}`)).text();

/** The job when it stands in one of these states, read from its own stream. */
async function until(id: string, ...states: Batch['state'][]): Promise<Batch> {
  const { body } = await fetch(`${server.url}${base}/${id}/events`);
  let rest = '';
  for await (const chunk of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      if (!frame.startsWith('data: ')) continue;
      const seen = JSON.parse(frame.slice(6)) as Batch;
      if (states.includes(seen.state)) return seen;
    }
  }
  throw new Error('the stream ended before');
}

test('every row of a table is answered in its order, and a bad one has its error', async () => {
  const csv = '\uFEFFid,text,note\n1,"good, really",a\n2,,b\n3,"two\nlines",c\n';
  const job = await start(csv, 'reviews.csv');
  expect(job).toMatchObject({
    file: { name: 'reviews.csv', format: 'csv', columns: ['id', 'text', 'note'], column: 'text' },
    rows: { total: 3 },
  });
  const done = await until(job.id, 'done');
  expect(done).toMatchObject({
    rows: { total: 3, done: 3, failed: 1 },
    ranOn: { id: 'sentiment' },
    secondsLeft: null,
  });
  const lines = (await results(job.id)).split('\n');
  expect(lines[0]).toBe('id,text,note,sentiment_label,sentiment_score,negative,neutral,positive,error');
  expect(lines[1]).toMatch(/^1,"good, really",a,(positive|neutral|negative),/);
  expect(lines[2]).toMatch(/^2,,b,,,,,,invalid_input: /);
  const objects = (await results(job.id, 'jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(objects.map(({ id, note }) => [id, note])).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
  ]);
  expect(objects[0].sentiment_label).toEqual(expect.any(String));
  expect(await server.json(`${base}/${job.id}/errors`)).toMatchObject({
    errors: [{ row: 2, text: '', error: { code: 'invalid_input', errors: [{ pointer: '/text' }] } }],
    next: null,
  });
});

test('what is wrong with a row points to its column, whatever its name and wherever it stood', async () => {
  const lines = [...Array(40).fill('fine'), ' '].map((text) => JSON.stringify({ 'a/b~c': text })).join('\n');
  const job = await start(lines, 'x.jsonl');
  await until(job.id, 'done');
  const { errors } = await server.json(`${base}/${job.id}/errors`);
  expect(errors).toMatchObject([{ row: 41, error: { errors: [{ pointer: '/a~1b~0c' }] } }]);
});

test('the list is read page by page, and says what is wrong with a page that is asked for', async () => {
  for (let count = 0; count < 3; count++) await until((await start('text\na\n', 'x.csv')).id, 'done');
  const first = await server.json(`${base}?limit=2`);
  expect(first.batches).toHaveLength(2);
  const second = await server.json(`${base}?limit=2&after=${first.next}`);
  expect(second.batches[0].id < first.batches[1].id).toBe(true);
  for (const [query, pointer] of [
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=many', '/limit'],
    ['after=nonsense', '/after'],
    ['after=con_01', '/after'],
  ]) {
    const answer = await fetch(`${server.url}${base}?${query}`);
    const { errors } = (await answer.json()) as Problem;
    expect([answer.status, errors?.[0]?.pointer], query).toEqual([400, pointer]);
  }
});

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => `{"n":${at},"text":"Row ${at} is fine."}\n`).join('');

test.each([
  ['no column is called text', 'a,b\n1,2\n', 'x.csv', {}, '/column', /"a", "b"/],
  ['a column that is not there', 'a,b\n1,2\n', 'x.csv', { column: 'c' }, '/column', /"c"/],
  ['the wrong delimiter', 'a;b\n1;2\n', 'x.csv', {}, '/delimiter', /";"/],
  ['a column to carry that is not there', 'text\n1\n', 'x.csv', { carry: '["id"]' }, '/carry', /"id"/],
  ['a row of another length', 'a,text\n1,2\n3\n', 'x.csv', {}, '/file', /^Line 3 /],
  ['broken UTF-8', Buffer.from('text\nfine\nb\xe4d\n', 'latin1'), 'x.csv', {}, '/file', /byte 11, line 3/],
  ['a line that is no object', '{"text":"a"}\n[1]\n', 'x.jsonl', {}, '/file', /^Line 2 /],
  ['a header alone', 'text\n', 'x.csv', {}, '/file', /no rows/],
  ['an unknown ending', 'a', 'x.doc', {}, '/format', /\.csv/],
  ['an unknown task', 'text\na\n', 'x.csv', { task: 'poetry' }, '/task', /./],
  ['options that are no JSON', 'text\na\n', 'x.csv', { options: '{' }, '/options', /JSON/],
  ['an unknown option', 'text\na\n', 'x.csv', { options: '{"loud":true}' }, '/options/loud', /./],
  ['a field nobody knows', 'text\na\n', 'x.csv', { colour: 'red' }, '/colour', /./],
])('%s is told at once, and by its place', async (_, content, name, fields, pointer, detail) => {
  const answer = await submit(content, name, fields);
  expect(answer.status).toBe(400);
  const problem = (await answer.json()) as Problem;
  expect(problem.errors?.[0]).toMatchObject({ pointer, detail: expect.stringMatching(detail) });
  if (pointer.startsWith('/options/')) expect(problem.detail).toContain(`${pointer}: `);
});

test('what is no form, has no file, or names an unknown model is refused', async () => {
  expect((await server.post(base, { task: 'sentiment' })).status).toBe(400);
  const empty = new FormData();
  empty.set('task', 'sentiment');
  expect((await fetch(server.url + base, { method: 'POST', body: empty })).status).toBe(400);
  expect((await submit('text\na\n', 'x.csv', { model: 'none' })).status).toBe(404);
  const late = new FormData();
  late.set('task', 'sentiment');
  late.set('file', new Blob([rows(20_000)]), 'x.jsonl');
  late.set('column', 'text');
  const answer = await fetch(server.url + base, { method: 'POST', body: late });
  expect([answer.status, ((await answer.json()) as Problem).detail]).toEqual([
    400,
    expect.stringMatching(/before the file/),
  ]);
});

test('the same request with the same key is one job', async () => {
  const headers = { 'idempotency-key': 'once' };
  const first = await start('text\na\n', 'x.csv', {}, headers);
  expect((await start('text\na\n', 'x.csv', {}, headers)).id).toBe(first.id);
  expect((await submit('text\nb\n', 'x.csv', {}, headers)).status).toBe(409);
  await until(first.id, 'done');
});

test('only the columns asked for are carried, and a field that only some rows have is a column', async () => {
  const lines = '{"id":1,"text":"a"}\n{"text":"b","late":true}\n';
  const job = await start(lines, 'x.jsonl', { carry: '["id"]' });
  await until(job.id, 'done');
  expect((await results(job.id, 'csv')).split('\n').map((line) => line.split(',')[0])).toEqual([
    'id',
    '1',
    '',
    '',
  ]);
  const whole = await start(lines, 'x.jsonl');
  await until(whole.id, 'done');
  const [header, , second] = (await results(whole.id, 'csv')).split('\n');
  expect(header).toMatch(/^id,text,late,sentiment_label/);
  expect(second).toMatch(/^,b,true,/);
});

test('a job knows a language in capitals, too', async () => {
  const options = '{"target":"ES","source":"En"}';
  const job = await start('text\nWhere is it?\n', 'x.csv', { task: 'translations', options });
  expect(await until(job.id, 'done')).toMatchObject({ rows: { failed: 0 } });
  expect((await results(job.id)).split('\n')[1]).toMatch(/,en,$/);
});

test.each([
  ['a language that is not translated into', 'translations', { target: 'fr' }, 422, '/options/target'],
  ['one that is not translated from', 'translations', { target: 'es', source: 'fr' }, 422, '/options/source'],
  ['a classifier that is not there', 'classifications', { classifier: 'nobody' }, 404, '/options/classifier'],
  ['no labels at all', 'classifications', {}, 400, '/options'],
  [
    'a wish of other models',
    'classifications',
    { labels: ['a', 'b'], multiple: true },
    422,
    '/options/multiple',
  ],
  ['an unknown language to choose from', 'languages', { among: ['en', 'xx'] }, 400, '/options/among/1'],
  ['a wish without its model', 'entities', { patterns: false }, 422, '/options/patterns'],
  ['a model of another task', 'translations', { target: 'es' }, 400, '/model'],
])('%s is refused before there is a job', async (_, task, options, status, pointer) => {
  const model: Record<string, string> = pointer === '/model' ? { model: 'sentiment' } : {};
  const answer = await submit('text\na\n', 'x.csv', { task, options: JSON.stringify(options), ...model });
  const { errors } = (await answer.json()) as Problem;
  expect([answer.status, errors?.[0]?.pointer]).toEqual([status, pointer]);
});

test('a job is paused, resumed, cancelled and deleted, and each is in the audit log', async () => {
  const job = await start(rows(30_000), 'many.jsonl');
  const paused = (await (await order(job.id, 'pause')).json()) as Batch;
  expect(paused.state).toBe('paused');
  const stood = await get(job.id);
  expect(stood.rows.done).toBeLessThan(30_000);
  expect((await order(job.id, 'resume')).status).toBe(200);
  await until(job.id, 'running');
  const cancelled = (await (await order(job.id, 'cancel')).json()) as Batch;
  expect(cancelled.state).toBe('cancelled');
  expect(((await (await order(job.id, 'resume')).json()) as Batch).state).toBe('cancelled');
  const written = (await results(job.id)).trimEnd().split('\n').filter(Boolean);
  expect(written).toHaveLength((await get(job.id)).rows.done);
  expect((await fetch(`${server.url}${base}/${job.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(`${server.url}${base}/${job.id}`)).status).toBe(404);
  const { entries } = await server.json('/api/v1/audit?limit=100');
  const actions = entries.filter(({ target }: { target: string }) => target === job.id);
  expect(actions.map(({ action }: { action: string }) => action).reverse()).toEqual([
    'batch.create',
    'batch.pause',
    'batch.resume',
    'batch.cancel',
    'batch.remove',
  ]);
});

test('many jobs that have not ended are enough', async () => {
  const jobs: Batch[] = [];
  // Four are run at once, and those are long: the others wait and cannot have ended.
  for (let count = 0; count < 20; count++) jobs.push(await start(rows(count < 4 ? 30_000 : 1), 'x.jsonl'));
  const refused = await submit('text\na\n', 'x.csv');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  for (const { id } of jobs) await fetch(`${server.url}${base}/${id}`, { method: 'DELETE' });
  const left = ((await server.json(base)).batches as Batch[]).map(({ id }) => id);
  expect(jobs.filter(({ id }) => left.includes(id))).toEqual([]);
});
