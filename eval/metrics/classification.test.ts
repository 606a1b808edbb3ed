import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { readReference } from '../reference/read.ts';
import { type AverageOptions, accuracy, f1, precision, recall } from './classification.ts';
import type { Labelled } from './labelled.ts';
import { matthews } from './matthews.ts';

type Averages = [precision: number, recall: number, f1: number];
interface Case {
  expected: string[];
  predicted: (string | null)[];
  weights: number[] | null;
  labels: string[] | null;
  accuracy: number;
  mcc: number;
  micro: Averages;
  macro: Averages;
  weighted: Averages;
  parts: Record<string, Averages>;
}

const metrics = [precision, recall, f1];
const averages = ['micro', 'macro', 'weighted'] as const;
const rowsOf = ({ expected, predicted }: Pick<Case, 'expected' | 'predicted'>) =>
  expected.map((label, at) => ({ expected: label, predicted: predicted[at] ?? null }));

describe('as scikit-learn', () => {
  const { labels: cases } = readReference<{ labels: Case[] }>('classification');

  it('counts accuracy and Matthews’ correlation', () => {
    expect(cases.length).toBeGreaterThan(100);
    for (const each of cases) {
      const weights = each.weights ?? undefined;
      expect(accuracy(rowsOf(each)).of(weights)).toBeCloseTo(each.accuracy, 6);
      expect(matthews(rowsOf(each)).of(weights)).toBeCloseTo(each.mcc, 6);
    }
  });

  it.each(averages)('averages precision, recall and F1: %s', (average) => {
    for (const each of cases) {
      const options: AverageOptions = { average, labels: each.labels ?? undefined };
      metrics.forEach((metric, at) => {
        expect(metric(rowsOf(each), options).of(each.weights ?? undefined)).toBeCloseTo(
          each[average][at] as number,
          6,
        );
      });
    }
  });

  it('has the figures of each label', () => {
    for (const each of cases) {
      metrics.forEach((metric, at) => {
        const { parts = {} } = metric(rowsOf(each), { labels: each.labels ?? undefined });
        for (const [label, values] of Object.entries(each.parts))
          expect(parts[label]?.(each.weights ?? undefined)).toBeCloseTo(values[at] as number, 6);
      });
    }
  });
});

describe('without an answer', () => {
  const rows = rowsOf({ expected: ['a', 'a', 'b', 'b'], predicted: ['a', null, 'b', null] });

  it('a row is wrong, missed by its label and no mistake of another', () => {
    expect(accuracy(rows).of()).toBe(0.5);
    expect(recall(rows).of()).toBe(0.5);
    expect(precision(rows).of()).toBe(1);
    expect(Object.keys(f1(rows).parts ?? {})).toEqual(['a', 'b']);
    expect([...f1(rows).each]).toEqual([1, 0, 1, 0]);
  });

  it('nothing is 0', () => {
    for (const metric of [accuracy, precision, recall, f1, matthews]) expect(metric([]).of()).toBe(0);
  });
});

it('a signature tells averages and labels apart', () => {
  expect(f1([]).signature).toBe('f1|average:macro|labels:all|version:parlance-1');
  expect(recall([], { average: 'micro', labels: ['a', 'b'] }).signature).toBe(
    'recall|average:micro|labels:a,b|version:parlance-1',
  );
});

const label = fc.constantFrom('a', 'b', 'c', '__proto__');
const row: fc.Arbitrary<Labelled> = fc.record({ expected: label, predicted: fc.option(label) });

describe('accuracy', () => metricLaws({ measure: accuracy, row, low: 0, high: 1 }));
describe('Matthews’ correlation', () => metricLaws({ measure: matthews, row, low: -1, high: 1 }));
describe.each(averages)('%s', (average) => {
  for (const metric of metrics) {
    describe(metric.name, () =>
      metricLaws({ measure: (rows) => metric(rows, { average }), row, low: 0, high: 1 }),
    );
    describe(`${metric.name} of some labels`, () =>
      metricLaws({ measure: (rows) => metric(rows, { average, labels: ['a', 'c'] }), row, low: 0, high: 1 }));
  }
});

it('is 1 when every row is right and there are two labels', () => {
  const right = fc
    .array(label, { minLength: 1 })
    .map((labels) => rowsOf({ expected: labels, predicted: labels }));
  fc.assert(
    fc.property(right, (rows) => {
      for (const metric of [accuracy, ...metrics]) expect(metric(rows).of()).toBe(1);
      if (new Set(rows.map(({ expected }) => expected)).size > 1)
        expect(matthews(rows).of()).toBeCloseTo(1, 12);
    }),
  );
});
