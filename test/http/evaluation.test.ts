import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import {
  acceptedRun,
  distribution,
  type EvaluationRun,
  pairedPage,
  runDetail,
  runPage,
  type SampleResult,
  samplePage,
  storedVerdict,
  trend,
} from '#contracts';
import { canonicalJson, sha256Of } from '#eval';
import { codesOf } from '../fixtures/codes.ts';
import { erroredOf, runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server?.stop());

const four = () => [
  sampleOf('1'),
  sampleOf('2', { output: 'bad', slices: { language: 'es' } }),
  sampleOf('3', { input: 'A "quoted" text, 100% of it' }),
  erroredOf('4'),
];

/** A run that is kept whole. */
async function kept(run: EvaluationRun = runOf(), samples: SampleResult[] = four()): Promise<string> {
  await client.evaluations.runs.record(run);
  await client.evaluations.runs.addSamples(run.id, samples);
  await client.evaluations.runs.seal(run.id);
  return run.id;
}

const failed = (change: Partial<EvaluationRun> & { suiteName?: string } = {}) =>
  runOf({
    gates: [
      { metric: 'accuracy', slice: null, rule: 'at least 0.8', outcome: 'failed', words: 'It is 0.75.' },
    ],
    outcome: 'failed',
    ...change,
  });

describe('a run', () => {
  const runs = () => client.evaluations.runs;

  test('is taken in by parts, as often as they are sent, and then sealed', async () => {
    const run = runOf();
    const samples = four();
    expect(await runs().record(run)).toMatchObject({ id: run.id, state: 'incomplete', samples: 0 });
    expect(await runs().record(run)).toMatchObject({ id: run.id, state: 'incomplete' });
    expect(await runs().addSamples(run.id, samples.slice(0, 3))).toBe(3);
    await expect(runs().seal(run.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1 of 4'),
    });
    // One that is there, one that is not, and that one twice.
    const rest = [samples[2], samples[3], samples[3]] as SampleResult[];
    expect(await runs().addSamples(run.id, rest)).toBe(4);
    expect(await runs().seal(run.id)).toMatchObject({ state: 'sealed', samples: 4, needsVerdict: false });
    expect(await runs().seal(run.id)).toMatchObject({ state: 'sealed' });
    expect(await runs().addSamples(run.id, samples)).toBe(4);
    await expect(runs().addSamples(run.id, [sampleOf('5')])).rejects.toMatchObject({ code: 'conflict' });
    const detail = runDetail.strict().parse(await runs().get(run.id));
    expect(detail.run).toEqual(run);
    expect(detail.summary.sha256).toBe(sha256Of(canonicalJson(run)));
    expect(detail.summary.headline).toMatchObject({ metric: 'accuracy', value: 0.75 });
    const page = samplePage.strict().parse(await runs().samples(run.id));
    expect(page).toEqual({ samples, next: null });
  });

  test('with the id of another is refused, and so are more results than it says', async () => {
    const run = runOf({ rows: 1 });
    await runs().record(run);
    await expect(runs().record({ ...run, outcome: 'failed' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(runs().addSamples(run.id, [sampleOf('1'), sampleOf('2')])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await runs().samples(run.id)).samples).toEqual([]);
  });

  test('is removed with its results, unless a verdict was signed', async () => {
    const gone = await kept();
    await runs().remove(gone);
    const codes = await codesOf([
      ...[runs().get(gone), runs().remove(gone), runs().samples(gone), runs().seal(gone)],
    ]);
    expect(new Set(codes)).toEqual(new Set(['not_found']));
    const signed = await kept();
    await runs().sign(signed, { decision: 'rejected', reason: 'Too slow.' });
    await expect(runs().remove(signed)).rejects.toMatchObject({ code: 'conflict' });
    expect((await runs().samples(signed)).samples).toHaveLength(4);
  });

  test('is listed newest first, by suite and target, page by page', async () => {
    const days = ['03', '01', '02', '02'];
    const ids = [];
    for (const day of days) {
      const startedAt = `2026-10-${day}T10:00:00.000Z`;
      ids.push(await kept(runOf({ suiteName: 'listed', startedAt, target: { name: day, revision: null } })));
    }
    const order = [ids[0], ...[ids[2], ids[3]].sort().reverse(), ids[1]];
    const all = runPage.strict().parse(await runs().list({ suite: 'listed' }));
    expect(all.runs.map(({ id }) => id)).toEqual(order);
    const paged = [];
    for (let after: string | undefined, turn = 0; turn < 4; turn++) {
      const page: { runs: { id: string }[]; next: string | null } = await runs().list({
        ...{ suite: 'listed', limit: 1, after },
      });
      paged.push(...page.runs.map(({ id }) => id));
      after = page.next ?? undefined;
      expect(page.next === null).toBe(turn === 3);
    }
    expect(paged).toEqual(order);
    expect((await runs().list({ suite: 'listed', target: '03' })).runs.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await runs().list({ suite: 'nothing' })).runs).toEqual([]);
    expect(JSON.stringify(all)).not.toMatch(/scorers|environment/);
  });

  test('that failed or got worse comes first until somebody has said what it means', async () => {
    const suiteName = 'regressing';
    const at = (day: string) => ({ suiteName, startedAt: `2026-10-${day}T10:00:00.000Z` });
    const bad = await kept(failed(at('01')));
    const comparison = {
      against: { id: bad, label: 'before' },
      metrics: [
        {
          ...{ metric: 'accuracy', slice: null, difference: -0.1, low: -0.2, high: -0.01, p: 0.01 },
          ...{
            method: 'mcnemar',
            rows: 4,
            changed: 1,
            detectable: 0.1,
            verdict: 'worse' as const,
            words: 'Worse.',
          },
        },
      ],
    };
    const worse = await kept(runOf({ ...at('02'), comparison }));
    const good = await kept(runOf(at('05')));
    const trial = await kept(failed({ ...at('04'), partial: 'the first 4 rows' }));
    const half = failed(at('06'));
    await runs().record(half);
    const list = async (limit?: number, after?: string) =>
      await runs().list({ suite: suiteName, order: 'regressions', limit, after });
    const ids = async () => (await list()).runs.map(({ id }) => id);
    expect(await ids()).toEqual([worse, bad, half.id, good, trial]);
    expect((await list()).runs[0]).toMatchObject({
      needsVerdict: true,
      compared: { againstId: bad, better: 0, worse: 1 },
    });
    const first = await list(2);
    expect((await list(9, first.next ?? '')).runs.map(({ id }) => id)).toEqual([half.id, good, trial]);
    await runs().sign(worse, { decision: 'rejected', reason: 'As it looks.' });
    expect(await ids()).toEqual([bad, half.id, good, trial, worse]);
  });

  test.each([
    ['a field that there is not', { ...runOf(), more: 1 }, '/more'],
    ['a suite that is none', { ...runOf(), suite: { suite: 'x' } }, '/suite/version'],
    ['an id that is no UUID', { ...runOf(), id: 'one' }, '/id'],
    [
      'a metric without a number',
      { ...runOf(), metrics: { accuracy: { value: null } } },
      '/metrics/accuracy/value',
    ],
    ['U+0000', { ...runOf(), target: { name: 'a\0', revision: null } }, '/target/name'],
    [
      'too many results',
      { ...runOf(), counts: { rows: 1, asked: 1e9, errored: 0, abstained: 0 } },
      '/counts',
    ],
    [
      'fewer results than none',
      { ...runOf(), counts: { rows: 1, asked: -1, errored: 0, abstained: 0 } },
      '/counts/asked',
    ],
    [
      'a version that no database counts to',
      { ...runOf(), suite: { ...runOf().suite, version: 20261130120000 } },
      '/suite/version',
    ],
    [
      'a metric of more rows than anybody has',
      { ...runOf(), metrics: { accuracy: { ...runOf().metrics.accuracy, rows: 1e12 } } },
      '/metrics/accuracy/rows',
    ],
    ['a year that there was not', { ...runOf(), startedAt: '0000-01-01T00:00:00.000Z' }, '/startedAt'],
    ['nothing', {}, '/id'],
    [
      'a suite nested without end',
      JSON.stringify({ ...runOf(), suite: 'DEEP' }).replace('"DEEP"', `${'['.repeat(1e5)}${']'.repeat(1e5)}`),
      '/suite',
    ],
  ])('is refused with %s', async (_, body, pointer) => {
    const answer = await server.post('/api/v1/evaluations/runs', body);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((each) => each.pointer)).toContain(pointer);
  });
});

describe('results', () => {
  const runs = () => client.evaluations.runs;
  let id = '';
  beforeAll(async () => {
    id = await kept(runOf({ rows: 4 }));
  });
  const found = async (query: Parameters<ParlanceClient['evaluations']['runs']['samples']>[1]) =>
    (await runs().samples(id, query)).samples.map((sample) => sample.id);

  test('are found by slice, value, error and words', async () => {
    expect(await found({ slice: 'language', value: 'es' })).toEqual(['2']);
    expect(await found({ slice: 'language', value: 'fr' })).toEqual([]);
    expect(await found({ errored: 'true' })).toEqual(['4']);
    expect(await found({ scorer: 'accuracy', below: 0.5 })).toEqual(['2', '4']);
    expect(await found({ scorer: 'accuracy', above: 0.5, below: 2 })).toEqual(['1', '3']);
    expect(await found({ search: '"QUOTED" text, 100%' })).toEqual(['3']);
    expect(await found({ search: '100_' })).toEqual([]);
    expect(await found({ search: 'bad', errored: 'false', slice: 'language', value: 'es' })).toEqual(['2']);
  });

  test('are listed the worst first, whichever way that is', async () => {
    const values = [0.5, 0.1, 0.9, 0.1];
    const samples = values.map((value, at) => {
      const scores = { accuracy: { value, evidence: value }, latency: { value, evidence: value } };
      return sampleOf(String(at + 1), { scores });
    });
    samples.push(sampleOf('5', { scores: { accuracy: { value: null, evidence: null } } }));
    const ordered = await kept(runOf({ rows: 5 }), samples);
    const list = async (scorer: string) => {
      const ids = [];
      let after: string | undefined;
      do {
        const page = await runs().samples(ordered, { scorer, order: 'worst', limit: 1, after });
        ids.push(...page.samples.map((each) => each.id));
        after = page.next ?? undefined;
      } while (after);
      return ids;
    };
    expect(await list('accuracy')).toEqual(['2', '4', '1', '3']);
    expect(await list('latency')).toEqual(['3', '1', '4', '2']);
    const filtered = { scorer: 'accuracy', slice: 'language', value: 'en', below: 0.9, limit: 1 };
    for (const [order, expected] of [
      ['worst', ['2', '4', '1']],
      ['row', ['1', '2', '4']],
    ] as const) {
      const ids = [];
      let after: string | undefined;
      do {
        const page = await runs().samples(ordered, { ...filtered, order, after });
        ids.push(...page.samples.map((each) => each.id));
        after = page.next ?? undefined;
      } while (after);
      expect(ids).toEqual(expected);
    }
    const rows = await runs().samples(ordered, { limit: 2 });
    expect(rows.samples.map((each) => each.id)).toEqual(['1', '2']);
    const rest = await runs().samples(ordered, { after: rows.next ?? '' });
    expect(rest.samples.map((each) => each.id)).toEqual(['3', '4', '5']);
    const spread = distribution.strict().parse(await runs().distribution(ordered, 'accuracy'));
    expect(spread).toMatchObject({ low: 0, high: 1, unjudged: 1 });
    expect(spread.counts).toHaveLength(20);
    expect([spread.counts[2], spread.counts[10], spread.counts[18]]).toEqual([2, 1, 1]);
  });

  test('outside of 0…1 are spread from the lowest to the highest', async () => {
    const samples = [5, 10, 25].map((value, at) =>
      sampleOf(String(at), { scores: { latency: { value, evidence: value } } }),
    );
    const slow = await kept(runOf({ rows: 3 }), samples);
    const { low, high, counts, unjudged } = await runs().distribution(slow, 'latency');
    expect([low, high, counts[0], counts[5], counts[19], unjudged]).toEqual([5, 25, 1, 1, 1, 0]);
    const none = await runs().distribution(slow, 'accuracy');
    expect([none.unjudged, none.counts.every((count) => count === 0)]).toEqual([3, true]);
    const same = await kept(runOf({ rows: 1 }), [
      sampleOf('1', { scores: { latency: { value: 7, evidence: 7 } } }),
    ]);
    expect((await runs().distribution(same, 'latency')).counts[0]).toBe(1);
  });

  test.each([
    ['/samples?scorer=other', '/scorer'],
    ['/samples?below=1', '/scorer'],
    ['/samples?order=worst', '/scorer'],
    ['/samples?slice=language', '/value'],
    ['/samples?after=nonsense', '/after'],
    ['/samples?scorer=accuracy&order=worst&after=WzFd', '/after'],
    ['/samples?after=Wzk5OTk5OTk5OTk5OTld', '/after'],
    ['/samples?scorer=accuracy&order=worst&after=WzEsOTk5OTk5OTk5OTk5OV0', '/after'],
    ['/samples?limit=0', '/limit'],
    ['/samples?limit=201', '/limit'],
    ['/distribution', '/scorer'],
    ['/distribution?scorer=other', '/scorer'],
  ])('are not listed by %s', async (rest, pointer) => {
    const answer = await fetch(`${server.url}/api/v1/evaluations/runs/${id}${rest}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
  });

  test('are refused when they are malformed, too many or nested without end', async () => {
    const run = runOf();
    await runs().record(run);
    const path = `/api/v1/evaluations/runs/${run.id}/samples`;
    const post = async (body: unknown) => {
      const answer = await server.post(path, body);
      const { errors } = (await answer.json()) as { errors?: { pointer: string }[] };
      return [answer.status, errors?.[0]?.pointer];
    };
    expect(await post({ samples: [] })).toEqual([400, '/samples']);
    expect(await post({ samples: Array.from({ length: 501 }, (_, at) => sampleOf(`${at}`)) })).toEqual([
      400,
      '/samples',
    ]);
    expect(await post({ samples: [{ ...sampleOf('1'), more: 1 }] })).toEqual([400, '/samples/0/more']);
    expect(await post({ samples: [{ ...sampleOf('1'), input: undefined }] })).toEqual([
      400,
      '/samples/0/input',
    ]);
    const scores = { accuracy: { value: 1.7e308, evidence: null } };
    expect(await post({ samples: [sampleOf('1', { scores })] })).toEqual([
      400,
      '/samples/0/scores/accuracy/value',
    ]);
    const text = JSON.stringify({ samples: [sampleOf('1', { input: 'DEEP' })] });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await post(text.replace('"DEEP"', deep))).toEqual([400, '/samples/0/input']);
    expect((await post({ samples: [sampleOf('x'.repeat(301))] }))[0]).toBe(400);
    expect(await runs().addSamples(run.id, [sampleOf('1', { input: 'a\0b\ud800', output: '\0' })])).toBe(1);
    expect((await runs().samples(run.id)).samples[0]?.input).toBe('a\0b\ud800');
    await expect(runs().addSamples(randomUUID(), four())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('two runs', () => {
  const runs = () => client.evaluations.runs;

  test('are compared row by row, with the largest change first', async () => {
    const scored = (id: string, value: number, repeat = 0) =>
      sampleOf(id, {
        repeat,
        scores: { accuracy: { value, evidence: value }, latency: { value, evidence: value } },
      });
    const a = await kept(runOf({ rows: 5 }), [
      ...[scored('1', 0.5), scored('2', 0.5), scored('3', 0.5), scored('4', 0, 0), scored('4', 1, 1)],
    ]);
    const b = await kept(runOf({ rows: 5 }), [
      ...[scored('4', 0.5), scored('3', 0.6), scored('2', 0.1), scored('9', 1), scored('1', 0.75)],
    ]);
    const query = { a, b, scorer: 'accuracy' };
    const all = pairedPage.strict().parse(await runs().compare(query));
    expect(all.counts).toEqual({ better: 2, worse: 1, same: 1 });
    expect(all.samples.map(({ id, change }) => [id, change])).toEqual([
      ['2', 'worse'],
      ['1', 'better'],
      ['3', 'better'],
    ]);
    expect(all.samples[0]).toMatchObject({
      ...{ input: 'How is 2?', a: { value: 0.5 }, b: { value: 0.1, answer: { output: 'good' } } },
    });
    const first = await runs().compare({ ...query, limit: 1 });
    const second = await runs().compare({ ...query, limit: 1, after: first.next ?? '' });
    expect([first, second].map(({ samples }) => samples[0]?.id)).toEqual(['2', '1']);
    const worse = await runs().compare({ ...query, changed: 'worse' });
    expect(worse.samples.map(({ id }) => id)).toEqual(['2']);
    const slower = await runs().compare({ ...query, scorer: 'latency', changed: 'worse' });
    expect(slower.samples.map(({ id }) => id)).toEqual(['1', '3']);
    await expect(runs().compare({ ...query, scorer: 'none' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(runs().compare({ ...query, a: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    const other = await kept(runOf({ rows: 1, dataset: { sha256: 'e'.repeat(64), rows: 1 } }), [
      sampleOf('1'),
    ]);
    await expect(runs().compare({ ...query, b: other })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('of one suite are a trend', async () => {
    const at = (day: string) => `2026-10-${day}T10:00:00.000Z`;
    const later = await kept(runOf({ suiteName: 'trending', startedAt: at('02') }));
    const earlier = await kept(runOf({ suiteName: 'trending', startedAt: at('01') }));
    await runs().record(runOf({ suiteName: 'trending', startedAt: at('03') }));
    await runs().sign(later, { decision: 'accepted', reason: 'Good.' });
    const line = trend.strict().parse(await runs().trend('trending'));
    expect(line.runs.map(({ id, verdict }) => [id, verdict])).toEqual([
      [earlier, null],
      [later, 'accepted'],
    ]);
    expect(line.runs[0]?.metrics.accuracy).toEqual({
      value: 0.75,
      low: 0.65,
      high: 0.85,
      better: 'higher',
      rows: 4,
    });
    expect((await runs().trend('none')).runs).toEqual([]);
  });
});

describe('a verdict', () => {
  const runs = () => client.evaluations.runs;
  const accept = { decision: 'accepted' as const, reason: 'As good as before.' };

  test('names who signed what and when, and the latest counts while all are kept', async () => {
    const run = runOf({ suiteName: 'signed' });
    const id = await kept(run);
    expect(await runs().accepted('signed')).toEqual({ run: null, verdict: null });
    const first = storedVerdict.strict().parse(await runs().sign(id, accept));
    expect(first).toMatchObject({
      ...{ runId: id, suite: 'signed', ...accept, despite: false, by: 'local' },
      runSha256: sha256Of(canonicalJson(run)),
    });
    const later = await kept(runOf({ suiteName: 'signed' }));
    await runs().sign(later, accept);
    const now = acceptedRun.strict().parse(await runs().accepted('signed'));
    expect([now.run?.id, now.verdict?.runId]).toEqual([later, later]);
    await runs().sign(later, { decision: 'rejected', reason: 'A customer complained.' });
    expect((await runs().accepted('signed')).run?.id).toBe(id);
    const { verdicts, summary } = await runs().get(later);
    expect(verdicts.map(({ decision }) => decision)).toEqual(['rejected', 'accepted']);
    expect(summary.verdict?.decision).toBe('rejected');
    const { entries } = await client.audit();
    expect(entries.slice(0, 3).map(({ action, target }) => [action, target])).toEqual([
      ['evaluation.rejected', later],
      ['evaluation.accepted', later],
      ['evaluation.accepted', id],
    ]);
    expect(entries[2]?.detail).toMatchObject({ sha256: first.runSha256, verdict: first.id });
  });

  test('is for whole and sealed runs, and accepts failed gates only in so many words', async () => {
    const half = runOf();
    await runs().record(half);
    const trial = await kept(runOf({ partial: 'the first 4 rows' }));
    const bad = await kept(failed());
    for (const id of [half.id, trial, bad])
      await expect(runs().sign(id, accept)).rejects.toMatchObject({ code: 'conflict' });
    await expect(runs().sign(trial, { ...accept, despite: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await runs().sign(bad, { ...accept, despite: true })).toMatchObject({ despite: true });
    const rejected = await kept(failed());
    expect(await runs().sign(rejected, { ...accept, decision: 'rejected' })).toMatchObject({
      despite: false,
    });
    await expect(runs().sign(randomUUID(), accept)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    [{ decision: 'maybe', reason: 'x' }, '/decision'],
    [{ decision: 'accepted', reason: ' ' }, '/reason'],
    [{ decision: 'accepted' }, '/reason'],
    [{ decision: 'accepted', reason: 'x'.repeat(2001) }, '/reason'],
  ])('is not %j', async (body, pointer) => {
    const answer = await server.post(`/api/v1/evaluations/runs/${randomUUID()}/verdict`, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
  });
});
