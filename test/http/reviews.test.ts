import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import {
  type EvaluationRun,
  type JudgementRecord,
  judgementRecord,
  type ReviewItem,
  review,
  reviewDetail,
  reviewItem,
  reviewPage,
  type SampleResult,
} from '#contracts';
import type { PgliteDatabase } from '../../services/db/pglite.ts';
import { codesOf } from '../fixtures/codes.ts';
import { erroredOf, runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
/** Raters, each with a key of their own. */
let ann: ParlanceClient;
let bob: ParlanceClient;
let cem: ParlanceClient;
let old: string;
let fresh: string;
const names = Array.from({ length: 10 }, (_, at) => `row-${at}`);
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  const client = async (name: string) => {
    const request = { name, scopes: ['review' as const], ratePerMinute: null, expiresInDays: null };
    const author = { tenant: 'default', actor: 'local' };
    const { secret = '' } = await server.running.services.keys.create(author, request);
    return new ParlanceClient({ baseUrl: server.url, apiKey: secret });
  };
  [ann, bob, cem] = [await client('Ann'), await client('Bob'), await client('Cem')];
  const answers = (said: (name: string) => string) =>
    names.map((name) => sampleOf(name, { output: said(name) }));
  old = await kept(
    runOf({ rows: 10, target: { name: 'old', revision: 'r1' } }),
    answers((name) => `old says ${name}`),
  );
  fresh = await kept(
    runOf({ rows: 10, target: { name: 'fresh', revision: null } }),
    answers((name) => (name === 'row-3' ? 'good' : `fresh says ${name}`)),
  );
});
afterAll(() => server?.stop());

async function kept(run: EvaluationRun, samples: SampleResult[]): Promise<string> {
  await ann.evaluations.runs.record(run);
  await ann.evaluations.runs.addSamples(run.id, samples);
  await ann.evaluations.runs.seal(run.id);
  return run.id;
}

const scale = { title: 'How good?', scale: { kind: 'scale' as const, points: 5 } };
const preference = { title: 'Which is better?', scale: { kind: 'preference' as const } };
const queueOf = async (request: Partial<Parameters<typeof ann.evaluations.reviews.create>[0]> = {}) =>
  await ann.evaluations.reviews.create({ runIds: [old], select: { random: 4 }, rubric: scale, ...request });

/** Everything a rater is given until nothing is left, judged one by one. */
async function judgeAll(rater: ParlanceClient, id: string, choose: (item: ReviewItem) => string | number) {
  const seen: ReviewItem[] = [];
  for (
    let item = await rater.evaluations.reviews.next(id);
    item;
    item = await rater.evaluations.reviews.next(id)
  ) {
    seen.push(item);
    await rater.evaluations.reviews.judge(id, item.id, choose(item));
  }
  return seen;
}

const recordsOf = async (id: string): Promise<JudgementRecord[]> => {
  const lines = await text((await ann.evaluations.reviews.export(id)) as never);
  return lines.split('\n').flatMap((line) => (line ? judgementRecord.strict().parse(JSON.parse(line)) : []));
};

describe('a queue of one run', () => {
  test('hands each item to one rater, and shows what is asked and what was said', async () => {
    const made = review.strict().parse(await queueOf());
    expect(made).toMatchObject({
      ...{ suite: 'moods', pairs: false, state: 'open', systems: [], seed: null, createdBy: 'Ann' },
      progress: { items: 4, done: 0, wanted: 4, judged: 0 },
    });
    const first = reviewItem.strict().parse(await ann.evaluations.reviews.next(made.id));
    expect(first).toMatchObject({ number: 1, expected: 'good', judgement: null });
    expect(first.input).toMatch(/^How is row-\d\?$/);
    expect(first.answers).toHaveLength(1);
    expect(await ann.evaluations.reviews.next(made.id)).toMatchObject({ id: first.id });
    const judged = await ann.evaluations.reviews.judge(made.id, first.id, 4, 'Fine.');
    expect(judged.judgement).toEqual({ choice: 4, comment: 'Fine.' });
    const others = await judgeAll(bob, made.id, () => 2);
    expect(others.map(({ number }) => number)).toEqual([2, 3, 4]);
    expect(await ann.evaluations.reviews.next(made.id)).toBeNull();
    const detail = reviewDetail.strict().parse(await ann.evaluations.reviews.get(made.id));
    expect(detail.review.progress).toEqual({ items: 4, done: 4, wanted: 4, judged: 4 });
    expect(detail.raters.map(({ name, judged, skipped }) => [name, judged, skipped]).sort()).toEqual([
      ['Ann', 1, 0],
      ['Bob', 3, 0],
    ]);
    expect(detail.counts).toBeNull();
    await ann.evaluations.reviews.close(made.id);
    expect((await ann.evaluations.reviews.get(made.id)).counts).toEqual({ 4: 1, 2: 3 });
  });

  test('gives the overlap to several raters and nothing twice to one, however close together they ask', async () => {
    const made = await queueOf({ select: { random: 6 }, overlap: { raters: 2, share: 0.5 } });
    expect(made.progress.wanted).toBe(9);
    const all = await Promise.all([ann, bob, cem].map((rater) => judgeAll(rater, made.id, () => 3)));
    const given = all.map((items) => items.map(({ id }) => id));
    for (const ids of given) expect(new Set(ids).size).toBe(ids.length);
    const times = new Map<string, number>();
    for (const id of given.flat()) times.set(id, (times.get(id) ?? 0) + 1);
    expect([...times.values()].sort()).toEqual([1, 1, 1, 2, 2, 2]);
    expect((await ann.evaluations.reviews.get(made.id)).review.progress).toMatchObject({
      done: 6,
      judged: 9,
    });
  });

  test('gives to another what was kept for too long', async () => {
    const made = await queueOf({ select: { random: 1 } });
    const item = await ann.evaluations.reviews.next(made.id);
    expect(await bob.evaluations.reviews.next(made.id)).toBeNull();
    const { client } = server.running.services.database as PgliteDatabase;
    await client.query('update review_hand set until = now() where review_id = $1', [made.id]);
    expect(await bob.evaluations.reviews.next(made.id)).toMatchObject({ id: item?.id });
    const late = ann.evaluations.reviews.judge(made.id, item?.id ?? '', 1);
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('too long'),
    });
  });

  test('lets raters skip, undo and change their mind, and keeps all of it', async () => {
    const made = await queueOf({ select: { rows: ['row-7', 'row-2'] }, blind: false });
    const { next, judge, skip, undo } = ann.evaluations.reviews;
    const first = (await next(made.id)) as ReviewItem;
    expect(first.input).toBe('How is row-7?');
    await skip(made.id, first.id);
    const second = (await next(made.id)) as ReviewItem;
    expect(second.input).toBe('How is row-2?');
    expect(await undo(made.id, first.id)).toMatchObject({ id: first.id, judgement: null });
    await judge(made.id, first.id, 1);
    await judge(made.id, first.id, 1);
    await judge(made.id, first.id, 5, 'On second thoughts.');
    expect(await undo(made.id, first.id)).toMatchObject({ judgement: null });
    expect((await ann.evaluations.reviews.get(made.id)).review.progress.judged).toBe(0);
    expect(await next(made.id)).toMatchObject({ id: first.id });
    await judge(made.id, first.id, 2);
    await expect(bob.evaluations.reviews.undo(made.id, first.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(bob.evaluations.reviews.judge(made.id, second.id, 2)).rejects.toMatchObject({
      code: 'conflict',
    });
    const records = await recordsOf(made.id);
    expect(records.map(({ action, choice, current }) => [action, choice, current])).toEqual([
      ['skipped', null, false],
      ['withdrawn', null, false],
      ['judged', 1, false],
      ['judged', 5, false],
      ['withdrawn', null, false],
      ['judged', 2, true],
    ]);
    expect(records[3]).toMatchObject({
      ...{ row: 'row-7', number: 1, raterName: 'Ann', comment: 'On second thoughts.' },
      ...{ shown: [old], preferred: null, blind: false },
    });
  });

  test('outlives its run', async () => {
    const run = await kept(runOf({ rows: 1 }), [erroredOf('1')]);
    const made = await queueOf({
      runIds: [run],
      select: { errored: 1 },
      rubric: { ...scale, showExpected: false },
    });
    await ann.evaluations.runs.remove(run);
    expect(await bob.evaluations.reviews.next(made.id)).toMatchObject({
      ...{ input: 'How is 1?', expected: null },
      answers: [{ output: null, error: 'timeout: It took too long.' }],
    });
  });
});

describe('a queue of two runs', () => {
  const pairs = { rubric: preference, select: { random: 10 }, seed: 11 };

  test('tells nothing of whose answer is whose before it is closed, and everything afterwards', async () => {
    const made = await queueOf({ ...pairs, runIds: [old, fresh] });
    const told = [JSON.stringify(made)];
    const isOld = ({ output }: { output: unknown }) => String(output).startsWith('old');
    const seen = await judgeAll(bob, made.id, (item) => (isOld(item.answers[0] as never) ? 'b' : 'a'));
    const items = seen.map(({ answers: _, ...item }) => item);
    told.push(JSON.stringify([items, await ann.evaluations.reviews.get(made.id)]));
    const { reviews } = await ann.evaluations.reviews.list();
    told.push(JSON.stringify(reviews.filter(({ id }) => id === made.id)));
    for (const each of told)
      for (const secret of [old, fresh, 'swapped', '"seed":11']) expect(each).not.toContain(secret);
    await expect(ann.evaluations.reviews.export(made.id)).rejects.toMatchObject({ code: 'conflict' });
    const sides = seen.map(({ answers }) => isOld(answers[0] as never));
    expect(new Set(sides).size).toBe(2);

    const closed = await ann.evaluations.reviews.close(made.id);
    expect(closed).toMatchObject({
      ...{ state: 'closed', seed: 11 },
      systems: [
        { runId: old, label: 'old r1' },
        { runId: fresh, label: 'fresh' },
      ],
    });
    const { counts } = await ann.evaluations.reviews.get(made.id);
    expect(counts).toEqual({ second: 10 });
    const records = await recordsOf(made.id);
    expect(records.map(({ preferred, blind }) => [preferred, blind])).toEqual(names.map(() => [fresh, true]));
    expect(records.map(({ shown }) => shown[0] === old)).toEqual(sides);
    const item = seen[0]?.id ?? '';
    const { next, judge, undo } = bob.evaluations.reviews;
    expect(await codesOf([next(made.id), judge(made.id, item, 'tie'), undo(made.id, item)])).toEqual([
      ...['conflict', 'conflict', 'conflict'],
    ]);

    const again = await ann.evaluations.reviews.reopen(made.id);
    expect(again).toMatchObject({ state: 'open', systems: [], seed: null });
    expect(again.revealedAt).not.toBeNull();
    await bob.evaluations.reviews.judge(made.id, seen[0]?.id ?? '', 'tie');
    await ann.evaluations.reviews.close(made.id);
    const last = (await recordsOf(made.id)).at(-1);
    expect(last).toMatchObject({ choice: 'tie', preferred: 'tie', blind: false, current: true });
    const admin = await adminOf();
    const { entries } = await admin.audit();
    const actions = entries.filter(({ target }) => target === made.id).map(({ action }) => action);
    expect(actions.reverse()).toEqual(['review.create', 'review.close', 'review.reopen', 'review.close']);
  });

  test('is the same for the same seed', async () => {
    const shown = async (seed: number) => {
      const made = await queueOf({ ...pairs, seed, select: { random: 5 }, runIds: [old, fresh] });
      return (await judgeAll(ann, made.id, () => 'tie')).map(({ input, answers }) => [input, answers]);
    };
    const first = await shown(3);
    expect(await shown(3)).toEqual(first);
    expect(await shown(4)).not.toEqual(first);
  });

  test('may be of what the two disagree about', async () => {
    const select = { disagreements: 5, scorer: 'accuracy' };
    const made = await queueOf({ ...pairs, select, runIds: [old, fresh] });
    expect(made.progress.items).toBe(1);
    expect(await ann.evaluations.reviews.next(made.id)).toMatchObject({ input: 'How is row-3?' });
  });
});

async function adminOf(): Promise<ParlanceClient> {
  const request = { name: 'admin', scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
  const { secret = '' } = await server.running.services.keys.create(
    { tenant: 'default', actor: 'local' },
    request,
  );
  return new ParlanceClient({ baseUrl: server.url, apiKey: secret });
}

describe('queues', () => {
  test('are listed the latest first, page by page', async () => {
    const made = [await queueOf(), await queueOf(), await queueOf()].map(({ id }) => id).reverse();
    const first = reviewPage.strict().parse(await ann.evaluations.reviews.list({ limit: 2 }));
    const second = await ann.evaluations.reviews.list({ limit: 1, after: first.next ?? '' });
    expect([...first.reviews, ...second.reviews].map(({ id }) => id)).toEqual(made);
    await expect(ann.evaluations.reviews.list({ after: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('that are not there are not found, and neither are their items', async () => {
    const { get, close, reopen, next, judge, undo, skip } = ann.evaluations.reviews;
    const { id } = await queueOf();
    const exported = ann.evaluations.reviews.export('none');
    const calls = [get('none'), close('none'), reopen('none'), next('none'), exported];
    const ofItems = [judge(id, 'none', 1), undo(id, 'none'), skip(id, 'none')];
    const codes = await codesOf([...calls, ...ofItems]);
    expect(new Set(codes)).toEqual(new Set(['not_found']));
  });

  test('are refused when they cannot be', async () => {
    const half = runOf();
    await ann.evaluations.runs.record(half);
    const other = runOf({ rows: 1, dataset: { sha256: 'e'.repeat(64), rows: 1 } });
    await kept(other, [sampleOf('1')]);
    const refused = async (request: Parameters<typeof queueOf>[0]) => {
      const failure = await queueOf(request).catch((error) => error);
      return [failure.code, failure.details?.errors?.[0]?.pointer];
    };
    expect(await refused({ runIds: [half.id] })).toEqual(['conflict', undefined]);
    expect(await refused({ runIds: [old, other.id] })).toEqual(['conflict', undefined]);
    expect(await refused({ runIds: [randomUUID()] })).toEqual(['not_found', undefined]);
    expect(await refused({ runIds: [old, old] })).toEqual(['invalid_input', '/runIds/1']);
    expect(await refused({ runIds: [] })).toEqual(['invalid_input', '/runIds']);
    expect(await refused({ rubric: preference })).toEqual(['invalid_input', '/rubric/scale']);
    expect(await refused({ select: { errored: 3 } })).toEqual(['invalid_input', '/select']);
    expect(await refused({ select: { worst: 3, scorer: 'none' } })).toEqual(['invalid_input', '/scorer']);
    expect(await refused({ select: { rows: ['row-1', 'row-99'] } })).toEqual([
      'invalid_input',
      '/select/rows/1',
    ]);
    expect(await refused({ select: { random: 1001 } })).toEqual(['invalid_input', '/select/random']);
    expect(await refused({ overlap: { raters: 6, share: 1 } })).toEqual(['invalid_input', '/overlap/raters']);
    expect(await refused({ select: { disagreements: 1, scorer: 'accuracy' } })).toEqual([
      'invalid_input',
      '/select',
    ]);
  });

  test('take only what they offer', async () => {
    const { id } = await queueOf();
    const item = (await ann.evaluations.reviews.next(id)) as ReviewItem;
    for (const choice of [0, 6, 'a', '', 1.5])
      await expect(ann.evaluations.reviews.judge(id, item.id, choice)).rejects.toMatchObject({
        code: 'invalid_input',
        details: { errors: [{ pointer: '/choice' }] },
      });
    const long = ann.evaluations.reviews.judge(id, item.id, 1, 'x'.repeat(2001));
    await expect(long).rejects.toMatchObject({ details: { errors: [{ pointer: '/comment' }] } });
  });
});
