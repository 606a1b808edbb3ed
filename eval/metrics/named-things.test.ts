import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { readReference } from '../reference/read.ts';
import { type FieldRow, fieldF1 } from './fields.ts';
import type { Measured } from './metric.ts';
import { type Span, type SpanRow, spanF1 } from './spans.ts';

type Triple = [label: string, start: number, end: number];
type Figures = [precision: number, recall: number, f1: number] | null;
interface Case {
  rows: [expected: Triple[], named: Triple[]][];
  weights: number[] | null;
  exact: Figures;
  overlap: Figures;
}

const spansOf = (triples: Triple[]): Span[] => triples.map(([label, start, end]) => ({ label, start, end }));
const figuresOf = ({ of, parts }: Measured, weights?: number[]) => [
  parts?.precision?.(weights),
  parts?.recall?.(weights),
  of(weights),
];

describe('spans', () => {
  const { spans: cases } = readReference<{ spans: Case[] }>('spans');

  it.each(['exact', 'overlap'] as const)('are counted as by scikit-learn and SciPy: %s', (match) => {
    for (const { rows, weights, [match]: wanted } of cases) {
      const spanRows = rows.map(([expected, named]) => ({
        expected: spansOf(expected),
        predicted: spansOf(named),
      }));
      // The libraries say 0 where nothing is expected and nothing named; that nothing was said is then right.
      const nothing = weights?.every((weight) => weight === 0) ? 0 : 1;
      figuresOf(spanF1(spanRows, { match }), weights ?? undefined).forEach((figure, at) => {
        expect(figure).toBeCloseTo(wanted?.[at] ?? nothing, 6);
      });
    }
  });

  it('have an F1 for each label', () => {
    const [here, there]: Triple[] = [
      ['person', 0, 3],
      ['place', 5, 9],
    ] as [Triple, Triple];
    const rows = [{ expected: spansOf([here, there]), predicted: spansOf([here, ['place', 5, 8]]) }];
    const { parts } = spanF1(rows);
    expect([parts?.person?.(), parts?.place?.()]).toEqual([1, 0]);
    expect(spanF1(rows, { match: 'overlap' }).parts?.place?.()).toBe(1);
  });

  it('that touch but share no character do not overlap', () => {
    const rows = [{ expected: spansOf([['a', 0, 3]]), predicted: spansOf([['a', 3, 5]]) }];
    expect(spanF1(rows, { match: 'overlap' }).of()).toBe(0);
  });

  it('without an answer are wrong, also where there are none', () => {
    const silent = spanF1([{ expected: [], predicted: null }]);
    expect(silent.of()).toBe(0);
    expect(Object.keys(silent.parts ?? {})).toEqual(['precision', 'recall']);
    expect(spanF1([{ expected: spansOf([['a', 0, 3]]), predicted: null }]).of()).toBe(0);
    expect(spanF1([{ expected: [], predicted: [] }]).of()).toBe(1);
    expect(spanF1([]).of()).toBe(0);
  });

  it('are said in the signature to be exact or not', () => {
    expect(spanF1([], { match: 'overlap' }).signature).toBe(
      'span-f1|match:overlap|average:micro|version:parlance-1',
    );
  });
});

describe('fields', () => {
  const scoreOf = (expected: FieldRow['expected'], predicted: FieldRow['predicted']) =>
    fieldF1([{ expected, predicted }]).of();

  it.each([
    ['ACME  GmbH', 'acme gmbh'],
    ['ＡＢＣ １２', 'abc 12'],
    ['cafe\u0301', 'CAFÉ'],
    [12.5, '12.50'],
    ['1e3', 1000],
    [true, 'True'],
  ])('%j is %j', (one, other) => {
    expect(scoreOf({ field: one }, { field: other })).toBe(1);
    expect(scoreOf({ field: other }, { field: one })).toBe(1);
  });

  it.each([
    ['007', '7'],
    [1, true],
    [12, '12 EUR'],
    ['a', 'b'],
  ])('%j is not %j', (one, other) => {
    expect(scoreOf({ field: one }, { field: other })).toBe(0);
    expect(scoreOf({ field: other }, { field: one })).toBe(0);
  });

  it('count a wrong value as missed and as wrongly named', () => {
    const row: FieldRow = {
      expected: { name: 'a', total: 5, iban: 'x', note: null },
      predicted: { name: 'a', total: 6, date: 'today', note: ' ' },
    };
    // Expected name, total and iban; named name, total and date; right is name.
    expect(figuresOf(fieldF1([row]))).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const { parts } = fieldF1([row]);
    expect(Object.keys(parts ?? {}).sort()).toEqual(['date', 'iban', 'name', 'precision', 'recall', 'total']);
    expect(parts?.name?.()).toBe(1);
    expect(parts?.total?.()).toBe(0);
  });

  it('without an answer are wrong, also where there are none', () => {
    expect([scoreOf({}, null), scoreOf({ a: 1 }, null), scoreOf({}, {}), fieldF1([]).of()]).toEqual([
      0, 0, 1, 0,
    ]);
  });
});

const span = fc.record({
  label: fc.constantFrom('a', 'b'),
  start: fc.nat(4),
  end: fc.integer({ min: 5, max: 7 }),
});
const spanRow: fc.Arbitrary<SpanRow> = fc.record({
  expected: fc.array(span, { maxLength: 4 }),
  predicted: fc.option(fc.array(span, { maxLength: 4 })),
});
const fields = fc.dictionary(
  fc.constantFrom('name', 'total'),
  fc.oneof(fc.nat(2), fc.constantFrom('', '1', 'x', null), fc.boolean()),
);
const fieldRow: fc.Arbitrary<FieldRow> = fc.record({ expected: fields, predicted: fc.option(fields) });

describe('span F1', () => metricLaws({ measure: spanF1, row: spanRow, low: 0, high: 1 }));
describe('span F1 by overlap', () =>
  metricLaws({ measure: (rows) => spanF1(rows, { match: 'overlap' }), row: spanRow, low: 0, high: 1 }));
describe('field F1', () => metricLaws({ measure: fieldF1, row: fieldRow, low: 0, high: 1 }));

it('is 1 for what is named as expected, and never less by overlap than exactly', () => {
  fc.assert(
    fc.property(fc.array(spanRow, { minLength: 1 }), (rows) => {
      expect(spanF1(rows.map(({ expected }) => ({ expected, predicted: expected }))).of()).toBe(1);
      expect(spanF1(rows, { match: 'overlap' }).of()).toBeGreaterThanOrEqual(spanF1(rows).of());
    }),
  );
});
