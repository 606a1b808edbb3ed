import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareQuery, createReviewRequest, labelledRowQuery, sampleQuery } from '#contracts';
import type { Database, Transaction } from '../../services/db/database.ts';
import {
  datasetVersion,
  evaluationMetric,
  evaluationRun,
  evaluationSample,
  evaluationScore,
  evaluationVerdict,
  labelledRow,
  review,
  reviewHand,
  reviewItem,
  reviewJudgement,
} from '../../services/db/schema/index.ts';
import { createRowStore } from '../../services/evaluation/labels/row-store.ts';
import { createVersionStore } from '../../services/evaluation/labels/version-store.ts';
import { pairSamples } from '../../services/evaluation/pairs.ts';
import { createReviewItems } from '../../services/evaluation/reviews/items.ts';
import { createReviewStore } from '../../services/evaluation/reviews/reviews.ts';
import { createRunStore } from '../../services/evaluation/runs.ts';
import { listSamples } from '../../services/evaluation/samples.ts';
import { distributionOf } from '../../services/evaluation/scorers.ts';
import { trendOf } from '../../services/evaluation/trends.ts';
import { createVerdictStore } from '../../services/evaluation/verdicts.ts';
import type { Principal } from '../../services/principal.ts';
import { erroredOf, runOf, sampleOf } from '../fixtures/evaluation-run.ts';

const tables = {
  ...{ evaluationRun, evaluationMetric, evaluationSample, evaluationScore, evaluationVerdict },
  ...{ review, reviewItem, reviewHand, reviewJudgement, labelledRow, datasetVersion },
};

const rows = 30;
const samples = () =>
  Array.from({ length: rows }, (_, row) =>
    row === 7
      ? erroredOf('7')
      : sampleOf(`${row}`, {
          output: row % 5 === 0 ? 'bad' : 'good',
          slices: { language: row % 2 === 0 ? 'en' : 'es' },
        }),
  );

/** A person of a tenant who may review. */
export const reviewerOf = (tenant: string, name = 'ann'): Principal => ({
  ...{ tenant, actor: `user:${name}`, scopes: ['review'], ratePerMinute: null },
  ...{ user: { id: name, name }, customer: null },
});

/** A run that is kept whole, in one tenant. */
export async function keptIn(db: Database, tenant: string, change: Parameters<typeof runOf>[0] = {}) {
  const runs = createRunStore(db);
  const run = runOf({ rows, ...change });
  await runs.record(reviewerOf(tenant), run);
  await runs.addSamples(tenant, run.id, samples());
  await runs.seal(tenant, run.id);
  return run.id;
}

/** What reviewers keep needs of a database: that tenants are apart, words are for good, and nothing is there twice. */
export function evaluationSuite(name: string, open: () => Promise<Database>): void {
  describe(name, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(() => db?.close());

    const kept = (tenant: string, change?: Parameters<typeof runOf>[0]) => keptIn(db, tenant, change);
    const queueOf = (tenant: string, runIds: string[], raters: number) =>
      createReviewStore(db).create(
        reviewerOf(tenant),
        createReviewRequest.parse({
          ...{ runIds, select: { random: 5 }, overlap: { raters, share: 1 } },
          rubric: { title: 'Good?', scale: { kind: 'scale', points: 5 } },
        }),
      );
    const labelled = (run: string, sample: string) => ({
      ...{ input: 'x', expected: 'y', note: '' },
      from: { runId: run, sample, repeat: 0 },
    });

    /** One row or more of everything. */
    async function fill(tenant: string) {
      const run = await kept(tenant);
      const ann = reviewerOf(tenant);
      await createVerdictStore(db).sign(ann, run, { decision: 'accepted', reason: 'Fine.', despite: false });
      const { id } = await queueOf(tenant, [run], 1);
      const item = await createReviewItems(db).next(ann, id);
      await createReviewItems(db).judge(ann, id, item?.id ?? '', { choice: 3, comment: '' });
      await createRowStore(db).add(ann, 'hard', labelled(run, '1'));
      await createVersionStore(db).freeze(ann, 'hard');
      return run;
    }

    async function counts(tx: Transaction) {
      const seen: Record<string, number> = {};
      for (const [each, table] of Object.entries(tables)) seen[each] = (await tx.select().from(table)).length;
      return seen;
    }
    const nothing = Object.fromEntries(Object.keys(tables).map((each) => [each, 0]));

    it('keeps tenants apart in every table, and shows a customer none', async () => {
      const run = await fill('apart');
      expect(await db.withTenant('apart', counts)).toEqual({
        ...{ evaluationRun: 1, evaluationMetric: 2, evaluationSample: rows, evaluationScore: 2 * rows },
        ...{ evaluationVerdict: 1, review: 1, reviewItem: 5, reviewHand: 1, reviewJudgement: 1 },
        ...{ labelledRow: 1, datasetVersion: 1 },
      });
      expect(await db.withTenant('nobody', counts)).toEqual(nothing);
      expect(await db.withCustomer({ tenant: 'apart', customer: 'c' }, counts)).toEqual(nothing);
      const runs = createRunStore(db);
      await expect(runs.get('nobody', run)).rejects.toMatchObject({ code: 'not_found' });
      await expect(runs.addSamples('nobody', run, [sampleOf('1')])).rejects.toMatchObject({
        code: 'not_found',
      });
      // The same id is free for others.
      expect(await runs.record(reviewerOf('nobody'), runOf({ id: run }))).toMatchObject({ samples: 0 });
    });

    it('lets nobody take back what was signed, judged or frozen', async () => {
      await fill('grants');
      const attempt = (work: (tx: Transaction) => Promise<unknown>) =>
        db.withTenant('grants', work).then(
          () => 'done',
          (error) => error.code,
        );
      for (const table of [
        evaluationVerdict,
        reviewJudgement,
        reviewItem,
        datasetVersion,
        review,
        reviewHand,
      ])
        expect(await attempt((tx) => tx.delete(table))).toBe('42501');
      expect(await attempt((tx) => tx.update(evaluationVerdict).set({ reason: 'x' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(reviewJudgement).set({ comment: 'x' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(evaluationRun).set({ document: '{}' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(evaluationSample).set({ said: '[]' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(datasetVersion).set({ content: '' }))).toBe('42501');
    });

    it('finds the same samples by slice, value, error and words, and pairs two runs', async () => {
      const [a, b] = [await kept('finds'), await kept('finds', { startedAt: '2026-11-02T10:00:00.000Z' })];
      const found = async (query: object) =>
        (await db.withTenant('finds', (tx) => listSamples(tx, a, sampleQuery.parse(query)))).samples.map(
          ({ id }) => id,
        );
      const worst = { scorer: 'accuracy', order: 'worst', limit: '4' };
      expect(await found(worst)).toEqual(['0', '5', '7', '10']);
      expect(await found({ ...worst, slice: 'language', value: 'es' })).toEqual(['5', '15', '25', '1']);
      expect(await found({ scorer: 'accuracy', below: '0.5', slice: 'language', value: 'en' })).toEqual([
        ...['0', '7', '10', '20'],
      ]);
      expect(await found({ errored: 'true' })).toEqual(['7']);
      expect(await found({ search: 'HOW IS 12?' })).toEqual(['12']);
      for (const search of ['how.*12', '***=12', '12\\', '(', '1_'])
        expect(await found({ search })).toEqual([]);
      const page = await db.withTenant('finds', (tx) =>
        pairSamples(tx, compareQuery.parse({ a, b, scorer: 'accuracy' })),
      );
      expect(page).toEqual({ samples: [], counts: { better: 0, worse: 0, same: rows }, next: null });
      const { counts: bins } = await db.withTenant('finds', (tx) => distributionOf(tx, a, 'accuracy'));
      expect([bins[0], bins[19]]).toEqual([7, rows - 7]);
      const { runs } = await db.withTenant('finds', (tx) => trendOf(tx, 'moods'));
      expect(runs.map(({ id }) => id)).toEqual([a, b]);
    });

    it('keeps a run once that is sent five times at once', async () => {
      const run = runOf({ rows });
      const send = async () => {
        const runs = createRunStore(db);
        await runs.record(reviewerOf('once'), run);
        await runs.addSamples('once', run.id, samples().slice(0, 20));
        await runs.addSamples('once', run.id, samples().slice(10));
        return (await runs.seal('once', run.id)).state;
      };
      expect(new Set(await Promise.all(Array.from({ length: 5 }, send)))).toEqual(new Set(['sealed']));
      const list = await db.withTenant('once', (tx) =>
        listSamples(tx, run.id, sampleQuery.parse({ limit: '200' })),
      );
      expect(list.samples.map(({ id }) => Number(id)).sort((x, y) => x - y)).toEqual(
        samples().map((_, row) => row),
      );
      expect(await db.withTenant('once', counts)).toMatchObject({ evaluationRun: 1, evaluationMetric: 2 });
    });

    it('gives no item to more raters than it needs, however many ask at once', async () => {
      const { id } = await queueOf('raters', [await kept('raters')], 2);
      const items = createReviewItems(db);
      const work = async (rater: Principal) => {
        const done: string[] = [];
        for (let item = await items.next(rater, id); item; item = await items.next(rater, id)) {
          await items.judge(rater, id, item.id, { choice: 1, comment: '' });
          done.push(item.id);
        }
        return done;
      };
      const raters = ['ann', 'bob', 'cy', 'dee', 'eve'].map((each) => reviewerOf('raters', each));
      const all = (await Promise.all(raters.map(work))).flat();
      const { review: after } = await createReviewStore(db).get('raters', id);
      expect([all.length, after.progress]).toEqual([10, { items: 5, done: 5, wanted: 10, judged: 10 }]);
    });

    it('labels a sample once, and freezes the same rows as one version, when five do it at once', async () => {
      const run = await kept('labels');
      const ann = reviewerOf('labels');
      const five = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 5 }, work));
      const added = await five(() => createRowStore(db).add(ann, 'hard', labelled(run, '1')));
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
      const frozen = await five(() => createVersionStore(db).freeze(ann, 'hard'));
      expect(new Set(frozen.map(({ sha256 }) => sha256)).size).toBe(1);
      await createRowStore(db).remove(ann, 'hard', added[0]?.id ?? '');
      const { text } = await createVersionStore(db).read('labels', 'hard', frozen[0]?.sha256 ?? '');
      expect(JSON.parse(text)).toMatchObject({ input: 'x', expected: 'y' });
      expect(await createRowStore(db).list('labels', 'hard', labelledRowQuery.parse({}))).toEqual({
        ...{ rows: [], next: null },
      });
    });
  });
}
