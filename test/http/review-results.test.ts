import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import {
  calibration,
  type EvaluationRun,
  type ReviewItem,
  reviewDetail,
  reviewedItemPage,
  type SampleResult,
} from '#contracts';
import { runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
/** Raters, each with a key of their own. */
let ann: ParlanceClient;
let bob: ParlanceClient;
const names = Array.from({ length: 12 }, (_, at) => `row-${String(at).padStart(2, '0')}`);
const numberOf = (item: ReviewItem) => Number(/row-(\d+)/.exec(String(item.input))?.[1]);

beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  const client = async (name: string) => {
    const request = { name, scopes: ['review' as const], ratePerMinute: null, expiresInDays: null };
    const author = { tenant: 'default', actor: 'local' };
    const { secret = '' } = await server.running.services.keys.create(author, request);
    return new ParlanceClient({ baseUrl: server.url, apiKey: secret });
  };
  [ann, bob] = [await client('Ann'), await client('Bob')];
});
afterAll(() => server?.stop());

async function kept(run: EvaluationRun, samples: SampleResult[]): Promise<string> {
  await ann.evaluations.runs.record(run);
  await ann.evaluations.runs.addSamples(run.id, samples);
  await ann.evaluations.runs.seal(run.id);
  return run.id;
}

/** A run with a judge that says yes to the first eight rows, and nothing to the last. */
async function judgedRun(): Promise<string> {
  const run = runOf({ rows: names.length });
  run.suite.scorers = [{ name: 'accuracy' }, { name: 'judge', as: 'kind', criterion: 'Is it kind?' }];
  const samples = names.map((name, at) => {
    const sample = sampleOf(name, { output: `It is ${name}.` });
    const value = at === names.length - 1 ? null : Number(at < 8);
    return { ...sample, scores: { ...sample.scores, kind: { value, evidence: [value, 'So it seems.'] } } };
  });
  return await kept(run, samples);
}

const yesNo = {
  kind: 'choices' as const,
  choices: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
};
const everybody = { raters: 2, share: 1 };

async function queueOf(request: Partial<Parameters<typeof ann.evaluations.reviews.create>[0]>) {
  return await ann.evaluations.reviews.create({
    ...{ runIds: [], select: { random: 12 }, rubric: { title: 'Kind?', scale: yesNo }, overlap: everybody },
    ...request,
  });
}

async function judgeAll(
  rater: ParlanceClient,
  id: string,
  choose: (item: ReviewItem) => [string | number, string?],
) {
  const { next, judge } = rater.evaluations.reviews;
  for (let item = await next(id); item; item = await next(id)) await judge(id, item.id, ...choose(item));
}

const refusal = (call: Promise<unknown>) =>
  call.catch(({ code, details }) => [code, details?.errors?.[0]?.pointer]);

describe('what came of a queue', () => {
  test('is how far raters agree, in lists without the interval', async () => {
    const made = await queueOf({ runIds: [await judgedRun()] });
    expect(made.agreement).toBeNull();
    await judgeAll(ann, made.id, (item) => [numberOf(item) < 6 ? 'yes' : 'no']);
    expect(await ann.evaluations.reviews.get(made.id)).toMatchObject({
      interval: null,
      review: { agreement: null },
    });
    await judgeAll(bob, made.id, (item) => [numberOf(item) < 7 ? 'yes' : 'no']);
    const detail = reviewDetail.strict().parse(await ann.evaluations.reviews.get(made.id));
    expect(detail.review.agreement).toMatchObject({ measure: 'kappa', items: 12 });
    const value = detail.review.agreement?.value ?? 0;
    // Agreement on 11 of 12, expected 1/2 by 6:6 and 7:5.
    expect(value).toBeCloseTo((11 / 12 - 0.5) / 0.5, 12);
    expect(detail.interval?.low).toBeLessThan(value);
    const { reviews } = await ann.evaluations.reviews.list();
    expect(reviews.find(({ id }) => id === made.id)?.agreement).toEqual(detail.review.agreement);
  });

  test('is seen item by item once it is closed', async () => {
    const old = await kept(
      runOf({ rows: 12 }),
      names.map((name) => sampleOf(name, { output: 'old' })),
    );
    const fresh = await kept(
      runOf({ rows: 12 }),
      names.map((name) => sampleOf(name, { output: 'fresh' })),
    );
    const rubric = { title: 'Better?', scale: { kind: 'preference' as const } };
    const made = await queueOf({ runIds: [old, fresh], rubric });
    const preferFresh = (item: ReviewItem) => (item.answers[0]?.output === 'fresh' ? 'a' : 'b');
    await judgeAll(ann, made.id, (item) => [preferFresh(item), item.number === 3 ? 'By a hair.' : '']);
    await judgeAll(bob, made.id, (item) => [item.number === 5 ? 'tie' : preferFresh(item)]);
    const { items } = ann.evaluations.reviews;
    expect(await refusal(items(made.id))).toEqual(['conflict', undefined]);
    await ann.evaluations.reviews.close(made.id);

    const first = reviewedItemPage.strict().parse(await items(made.id, { limit: 10 }));
    const second = await items(made.id, { limit: 10, after: first.next ?? '' });
    const all = [...first.items, ...second.items];
    expect(all.map(({ number }) => number)).toEqual(names.map((_, at) => at + 1));
    expect(second.next).toBeNull();
    expect(new Set(all.map(({ row }) => row))).toEqual(new Set(names));
    for (const { answers } of all) expect(answers.map(({ output }) => output)).toEqual(['old', 'fresh']);
    expect(all[0]?.judgements.map(({ raterName, choice }) => [raterName, choice]).sort()).toEqual([
      ['Ann', 'second'],
      ['Bob', 'second'],
    ]);
    const apart = await items(made.id, { show: 'disagreements' });
    expect(apart.items.map(({ number }) => number)).toEqual([5]);
    expect(new Set(apart.items[0]?.judgements.map(({ choice }) => choice))).toEqual(
      new Set(['second', 'tie']),
    );
    const said = await items(made.id, { show: 'comments' });
    expect(said.items.map(({ number }) => number)).toEqual([3]);
    expect(await refusal(items(made.id, { after: 'x' }))).toEqual(['invalid_input', '/after']);
    expect(await refusal(items('none'))).toEqual(['not_found', undefined]);
  });
});

describe('a judge', () => {
  test('is held against people', async () => {
    const made = await queueOf({ runIds: [await judgedRun()] });
    // Ann says yes to the first nine and Bob to the first ten: of the tenth, people are divided.
    await judgeAll(ann, made.id, (item) => [numberOf(item) < 9 ? 'yes' : 'no']);
    await judgeAll(bob, made.id, (item) => [numberOf(item) < 10 ? 'yes' : 'no']);
    const held = () => ann.evaluations.reviews.calibration(made.id, 'kind');
    expect(await refusal(held())).toEqual(['conflict', undefined]);
    await ann.evaluations.reviews.close(made.id);
    const found = calibration.strict().parse(await held());
    expect(found).toMatchObject({
      matrix: {
        labels: ['no', 'yes'],
        counts: [
          [1, 0],
          [1, 8],
        ],
      },
      agreement: { value: 0.9, rows: 10 },
      kappa: { rows: 10 },
      ...{ scorer: 'kind', usable: false, leftOut: 2 },
    });
    expect(found.words).toContain('200');
    for (const scorer of ['accuracy', 'none'])
      expect(await refusal(ann.evaluations.reviews.calibration(made.id, scorer))).toEqual([
        ...['invalid_input', '/scorer'],
      ]);
  });

  test('is held against two points as well, and against nothing else', async () => {
    const runIds = [await judgedRun()];
    const two = await queueOf({ runIds, rubric: { title: 'Kind?', scale: { kind: 'scale', points: 2 } } });
    await judgeAll(ann, two.id, (item) => [numberOf(item) < 8 ? 2 : 1]);
    await ann.evaluations.reviews.close(two.id);
    expect(await ann.evaluations.reviews.calibration(two.id, 'kind')).toMatchObject({
      matrix: {
        counts: [
          [3, 0],
          [0, 8],
        ],
      },
      leftOut: 1,
    });
    const five = await queueOf({ runIds, rubric: { title: 'Kind?', scale: { kind: 'scale', points: 5 } } });
    expect(await refusal(ann.evaluations.reviews.calibration(five.id, 'kind'))).toEqual([
      ...['unsupported', undefined],
    ]);
  });
});
