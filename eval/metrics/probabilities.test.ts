import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { readReference } from '../reference/read.ts';
import { auroc, aurocOneVsRest, type LabelScores } from './auroc.ts';
import { brier, brierOverLabels, calibrationError, logLoss } from './calibration.ts';

interface Cases {
  auroc: {
    positive: boolean[];
    scores: number[];
    weights: number[] | null;
    area: number | null;
    each: number[];
  }[];
  manyLabels: {
    labels: string[];
    expected: string[];
    probabilities: number[][];
    weights: number[] | null;
    auroc: number;
    brier: number;
    logLoss: number;
    each: { brier: number[]; logLoss: number[] };
  }[];
  calibration: {
    confidence: number[];
    right: boolean[];
    weights: number[] | null;
    bins: number;
    ece: number;
    brier: number;
  }[];
}

const cases = readReference<Cases>('probabilities');

function expectEach(each: Float64Array, wanted: number[]) {
  expect(each).toHaveLength(wanted.length);
  wanted.forEach((value, row) => {
    expect(each[row]).toBeCloseTo(value, 6);
  });
}

describe('as scikit-learn', () => {
  it('measures the area under the curve, ½ where it has no answer', () => {
    expect(cases.auroc.filter(({ area }) => area === null).length).toBeGreaterThan(5);
    for (const { positive, scores, weights, area, each } of cases.auroc) {
      const measured = auroc(positive.map((kind, row) => ({ positive: kind, score: scores[row] as number })));
      expect(measured.of(weights ?? undefined)).toBeCloseTo(area ?? 0.5, 6);
      expectEach(measured.each, each);
    }
  });

  it('measures many labels', () => {
    for (const { labels, expected, probabilities, weights, ...wanted } of cases.manyLabels) {
      const rows = expected.map((label, row) => ({
        expected: label,
        probabilities: Object.fromEntries(
          labels.map((each, at) => [each, probabilities[row]?.[at] as number]),
        ),
      }));
      const counted = weights ?? undefined;
      const scored = rows.map((row) => ({ expected: row.expected, scores: row.probabilities }));
      expect(aurocOneVsRest(scored).of(counted)).toBeCloseTo(wanted.auroc, 6);
      expect(brierOverLabels(rows).of(counted)).toBeCloseTo(wanted.brier, 6);
      expect(logLoss(rows).of(counted)).toBeCloseTo(wanted.logLoss, 6);
      expectEach(brierOverLabels(rows).each, wanted.each.brier);
      expectEach(logLoss(rows).each, wanted.each.logLoss);
    }
  });

  it('measures calibration', () => {
    for (const { confidence, right, weights, bins, ece, brier: wanted } of cases.calibration) {
      const counted = weights ?? undefined;
      const rows = confidence.map((value, row) => ({ confidence: value, right: right[row] as boolean }));
      expect(calibrationError(rows, { bins }).of(counted)).toBeCloseTo(ece, 6);
      const binary = rows.map((row) => ({ positive: row.right, probability: row.confidence }));
      expect(brier(binary).of(counted)).toBeCloseTo(wanted, 6);
    }
  });
});

describe('at the edges', () => {
  it('no answer is the worst there is', () => {
    expect(
      auroc([
        { positive: true, score: null },
        { positive: false, score: null },
      ]).of(),
    ).toBe(0);
    const none = { expected: 'a', probabilities: null };
    expect(
      aurocOneVsRest([
        { expected: 'a', scores: null },
        { expected: 'b', scores: { b: 1 } },
      ]).of(),
    ).toBe(0);
    expect(brier([{ positive: false, probability: null }]).of()).toBe(1);
    expect(brierOverLabels([none]).of()).toBe(2);
    expect(logLoss([none]).of()).toBeCloseTo(52 * Math.LN2, 9);
    expect(logLoss([{ expected: 'a', probabilities: { a: 1 } }]).of()).toBeGreaterThan(0);
  });

  it('a label that is not named has nothing', () => {
    expect(brierOverLabels([{ expected: 'a', probabilities: { b: 0.5 } }]).of()).toBe(1.25);
    const rows: LabelScores[] = [
      { expected: 'a', scores: { a: 0 } },
      { expected: 'b', scores: { b: 0 } },
    ];
    expect(aurocOneVsRest(rows).of()).toBe(1);
  });

  it('a label that all rows or none expect is left out of the average', () => {
    const rows: LabelScores[] = [
      { expected: 'a', scores: { a: 0.8, b: 0.1, c: 0.1 } },
      { expected: 'b', scores: { a: 0.1, b: 0.8, c: 0.1 } },
    ];
    const measured = aurocOneVsRest(rows);
    expect(measured.of()).toBe(1);
    expect(measured.of([2, 0])).toBe(0.5);
    expect(measured.parts?.c?.()).toBe(0.5);
  });

  it('a row is placed by the label that it expects', () => {
    const rows: LabelScores[] = [
      { expected: 'a', scores: { a: 0.9, b: 0.3 } },
      { expected: 'b', scores: { a: 0.1, b: 0.2 } },
      { expected: 'c', scores: { a: 0.95, b: 0.1, c: 1 } },
    ];
    expect([...aurocOneVsRest(rows).each]).toEqual([0.5, 0.5, 1]);
  });

  it('nothing is 0, and ½ for an area', () => {
    expect([brier([]).of(), brierOverLabels([]).of(), logLoss([]).of(), calibrationError([]).of()]).toEqual([
      0, 0, 0, 0,
    ]);
    expect([auroc([]).of(), aurocOneVsRest([]).of()]).toEqual([0.5, 0.5]);
  });

  it('a bin has its upper edge', () => {
    const rows = [
      { confidence: 0.5, right: true },
      { confidence: 0.1, right: false },
    ];
    expect(calibrationError(rows, { bins: 2 }).of()).toBeCloseTo(0.2, 12);
  });

  it('refuses what is no probability, no score and no number of bins', () => {
    const bad = { code: 'invalid_input' };
    expect(() => brier([{ positive: true, probability: 1.1 }])).toThrow(expect.objectContaining(bad));
    expect(() => logLoss([{ expected: 'a', probabilities: { a: Number.NaN } }])).toThrow(
      expect.objectContaining(bad),
    );
    expect(() => auroc([{ positive: true, score: Number.NaN }])).toThrow(expect.objectContaining(bad));
    expect(() => calibrationError([], { bins: 0 })).toThrow(expect.objectContaining(bad));
  });
});

const label = fc.constantFrom('a', 'b', 'c');
const share = fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8);
const shares = fc.option(fc.dictionary(label, share));

describe('area', () =>
  metricLaws({
    measure: auroc,
    row: fc.record({ positive: fc.boolean(), score: fc.option(share) }),
    low: 0,
    high: 1,
  }));
describe('area over labels', () =>
  metricLaws({
    measure: aurocOneVsRest,
    row: fc.record({ expected: label, scores: shares }),
    low: 0,
    high: 1,
  }));
describe('calibration error', () =>
  metricLaws({
    measure: (rows) => calibrationError(rows, { bins: 3 }),
    row: fc.record({ confidence: share, right: fc.boolean() }),
    low: 0,
    high: 1,
  }));
describe('Brier', () =>
  metricLaws({
    measure: brier,
    row: fc.record({ positive: fc.boolean(), probability: fc.option(share) }),
    low: 0,
    high: 1,
  }));

/** A right distribution: without it there is no bound. */
const distribution = fc.option(
  fc
    .tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 4 }))
    .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each)))
    .map(([a, b, c]) => ({ a, b, c }) as Record<string, number>),
);
const distributed = fc.record({ expected: label, probabilities: distribution });
describe('Brier over labels', () =>
  metricLaws({ measure: brierOverLabels, row: distributed, low: 0, high: 2 }));
describe('log loss', () => metricLaws({ measure: logLoss, row: distributed, low: 0, high: 36.05 }));

it('an area is 1 when positives are above, and turns with the scores', () => {
  const rows = fc.array(fc.record({ positive: fc.boolean(), score: fc.double({ noNaN: true }) }));
  fc.assert(
    fc.property(rows, (scored) => {
      const turned = scored.map(({ positive, score }) => ({ positive, score: -score }));
      expect(auroc(turned).of()).toBeCloseTo(1 - auroc(scored).of(), 9);
      const told = scored.map(({ positive }) => ({ positive, score: Number(positive) }));
      if (new Set(told.map(({ positive }) => positive)).size === 2) expect(auroc(told).of()).toBe(1);
    }),
  );
});
