import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { readReference } from '../reference/read.ts';
import { averagePrecision, type Found, ndcg, precisionAtK, recallAtK, reciprocalRank } from './retrieval.ts';

interface Cases {
  rankings: (Found & {
    atK: Record<string, Record<'precision' | 'recall' | 'map' | 'ndcg', number>>;
    all: Record<'map' | 'ndcg' | 'mrr', number>;
  })[];
  gains: { gains: number[]; k: number | null; ndcg: number }[];
}

const { rankings, gains } = readReference<Cases>('retrieval');

describe('rankings', () => {
  it.each([1, 3, 5, 10])('are measured as by trec_eval at %i', (k) => {
    const measured = {
      precision: precisionAtK(rankings, { k }),
      recall: recallAtK(rankings, { k }),
      map: averagePrecision(rankings, { k }),
      ndcg: ndcg(rankings, { k }),
    };
    rankings.forEach(({ atK }, row) => {
      for (const [name, { each }] of Object.entries(measured))
        expect(each[row], `${name} of row ${row}`).toBeCloseTo(atK[k]?.[name as 'map'] as number, 6);
    });
  });

  it('are measured as by trec_eval to their ends', () => {
    const measured = { map: averagePrecision(rankings), ndcg: ndcg(rankings), mrr: reciprocalRank(rankings) };
    rankings.forEach(({ all }, row) => {
      for (const [name, { each }] of Object.entries(measured))
        expect(each[row], `${name} of row ${row}`).toBeCloseTo(all[name as 'map'], 6);
    });
  });

  it('have graded gains as in scikit-learn', () => {
    for (const { gains: of, k, ndcg: wanted } of gains) {
      const found = of.map((_, at) => `document ${at}`);
      const relevant = Object.fromEntries(of.map((gain, at) => [`document ${at}`, gain]));
      expect(ndcg([{ found, relevant }], { k: k ?? undefined }).of()).toBeCloseTo(wanted, 6);
    }
  });

  it('without anything found or relevant are 0 and stay in the mean', () => {
    const rows = [
      { found: ['a'], relevant: ['a'] },
      { found: [], relevant: ['a'] },
      { found: ['a'], relevant: [] },
      { found: ['a'], relevant: { a: 0 } },
    ];
    for (const metric of [averagePrecision, ndcg, reciprocalRank]) {
      expect(metric(rows).of()).toBe(0.25);
      expect(metric([]).of()).toBe(0);
    }
  });

  it('see no first relevant thing below k', () => {
    const rows = [{ found: ['b', 'a'], relevant: ['a'] }];
    expect([reciprocalRank(rows, { k: 1 }).of(), reciprocalRank(rows, { k: 2 }).of()]).toEqual([0, 0.5]);
  });

  it('refuse places and gains that there cannot be', () => {
    const bad = expect.objectContaining({ code: 'invalid_input' });
    for (const k of [0, 1.5, Number.NaN]) expect(() => recallAtK([], { k })).toThrow(bad);
    for (const gain of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => ndcg([{ found: [], relevant: { a: gain } }])).toThrow(bad);
  });

  it('say in the signature where they were cut', () => {
    expect(ndcg([], { k: 10 }).signature).toBe('ndcg|k:10|version:parlance-1');
    expect(averagePrecision([]).signature).toBe('map|k:all|version:parlance-1');
  });
});

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const row: fc.Arbitrary<Found> = fc.record({
  found: fc.array(id),
  relevant: fc.oneof(fc.uniqueArray(id), fc.dictionary(id, fc.nat(3))),
});
const metrics: Record<string, (rows: Found[]) => ReturnType<typeof ndcg>> = {
  recall: (rows) => recallAtK(rows, { k: 2 }),
  precision: (rows) => precisionAtK(rows, { k: 2 }),
  'reciprocal rank': (rows) => reciprocalRank(rows),
  'average precision': (rows) => averagePrecision(rows),
  nDCG: (rows) => ndcg(rows, { k: 3 }),
};
describe.each(Object.entries(metrics))('%s', (_, measure) => metricLaws({ measure, row, low: 0, high: 1 }));

it('the best order scores 1, and a better place never less', () => {
  const gainsOfIds = fc.dictionary(id, fc.integer({ min: 1, max: 5 }), { minKeys: 1 });
  fc.assert(
    fc.property(gainsOfIds, fc.array(id), (relevant, found) => {
      const best = Object.keys(relevant).sort((a, b) => (relevant[b] as number) - (relevant[a] as number));
      const asked = { found: best, relevant };
      for (const metric of [ndcg, averagePrecision, reciprocalRank])
        expect(metric([asked]).of()).toBeCloseTo(1, 12);
      const first = { found: [best[0] as string, ...found], relevant };
      expect(ndcg([first]).of()).toBeGreaterThanOrEqual(ndcg([{ found, relevant }]).of() - 1e-12);
    }),
  );
});
