import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationRun, Measurement, StoredSample, Trend } from '#contracts';
import { compareSearch, runSearch, runsSearch } from './address.ts';
import { formatFigure, formatInterval, hasInterval, scaleOf } from './figures.ts';
import { cellOf, inCell, withinCell } from './run/cell.ts';
import { gatesNotHeld, unsignable } from './run/signing.ts';
import { slicesBy, worstOf } from './run/slice-list.ts';
import { verdictLine } from './run/verdict-line.ts';
import { sourced } from './runs/suite-source.ts';
import { pointsOf } from './trends/points.ts';

const figure = (value: number, low = value, high = value, better: Measurement['better'] = 'higher') =>
  ({ value, low, high, better, rows: 100 }) as Measurement;
const none = figure(0.5, -Number.MAX_VALUE, Number.MAX_VALUE);

describe('an address', () => {
  it('is taken from only as far as it is known', () => {
    expect(runsSearch({ suite: 'a', order: 'oldest', start: 'yes' })).toEqual({
      ...{ suite: 'a', target: undefined, order: undefined, start: undefined },
    });
    expect(runSearch({ slice: 'length', sample: 42, repeat: 1.5, errored: true })).toMatchObject({
      ...{ sample: '42', repeat: undefined, errored: true },
    });
    // Half a slice is none.
    expect(runSearch({ slice: 'length' })).not.toHaveProperty('slice');
    expect(runSearch({ expected: 'neutral' })).toMatchObject({ expected: 'neutral', said: '' });
    expect(compareSearch({ a: 'x', changed: 'any' })).toMatchObject({ a: 'x', changed: undefined });
  });
});

describe('figures', () => {
  it('have the digits that matter, and an interval where there is one', () => {
    expect([0.79, 12.345, 940.5, -0.0412, 3].map(formatFigure)).toEqual([
      ...['0.790', '12.3', '941', '−0.041', '3'],
    ]);
    expect(formatInterval(figure(0.79, 0.7521, 0.8234))).toBe('0.752 to 0.823');
    expect([hasInterval(none), formatInterval(none)]).toEqual([false, null]);
  });

  it('are drawn on a scale that holds them all', () => {
    expect(scaleOf([figure(0.5, 0.4, 0.6), none])).toEqual({ from: 0, to: 1 });
    expect(scaleOf([figure(0.1, -0.2, 0.3)])).toEqual({ from: -1, to: 1 });
    expect(scaleOf([figure(940, 860, 1109)])).toEqual({ from: 0, to: 1109 });
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { from, to } = scaleOf(values.map((value) => figure(value)));
        expect(values.every((value) => from <= value && value <= to)).toBe(true);
      }),
    );
  });
});

describe('a cell of the matrix', () => {
  const run = {
    matrix: { labels: ['no', 'yes'], counts: [] },
    suite: { scorers: [{ name: 'brier' }, { name: 'accuracy', as: 'right' }] },
  } as unknown as EvaluationRun;
  const sample = (expected: string, said: string | null) =>
    ({ scores: { right: { value: 0, evidence: [expected, said] } } }) as unknown as StoredSample;

  it('holds what the first scorer of labels counted there', () => {
    const cell = cellOf(run, { expected: 'yes', said: 'no' });
    expect(cell).toMatchObject({ scorer: 'right', expected: 'yes', said: 'no' });
    if (!cell) return;
    expect(
      [sample('yes', 'no'), sample('yes', 'yes'), sample('no', 'no')].map((each) => inCell(each, cell)),
    ).toEqual([true, false, false]);
    expect(inCell({ scores: {} }, cell)).toBe(false);
    expect(withinCell(cell)).toEqual({ scorer: 'right', below: 0.5 });
    expect(withinCell({ ...cell, said: 'yes' })).toEqual({ scorer: 'right', above: 0.5 });
  });

  it('of no answer holds answers that are no label, too', () => {
    const cell = cellOf(run, { expected: 'yes' });
    if (!cell) throw new Error('There should be a cell.');
    expect([null, 'perhaps', 'no'].map((said) => inCell(sample('yes', said), cell))).toEqual([
      true,
      true,
      false,
    ]);
    expect(cellOf({ ...run, matrix: null }, { expected: 'yes' })).toBeUndefined();
    expect(cellOf(run, {})).toBeUndefined();
  });
});

it('puts the worst slice first, and calls one of enough rows the worst', () => {
  const slice = (rows: number, value: number, better?: Measurement['better']) => ({
    rows,
    metrics: { m: figure(value, value, value, better) },
  });
  const run = {
    slices: { language: { en: slice(40, 0.9), de: slice(40, 0.5) }, length: { short: slice(10, 0.1) } },
    comparison: {
      metrics: [{ metric: 'm', slice: 'language=de', verdict: 'worse', words: 'Worse by 9 points.' }],
    },
  } as unknown as EvaluationRun;
  const sorted = slicesBy(run, 'm');
  expect(sorted.map(({ value }) => value)).toEqual(['short', 'de', 'en']);
  expect(worstOf(sorted)).toMatchObject({ value: 'de', change: { verdict: 'worse' } });
  const errors = { slices: { a: { x: slice(40, 1, 'lower'), y: slice(40, 9, 'lower') } }, comparison: null };
  expect(slicesBy(errors as unknown as EvaluationRun, 'm').map(({ value }) => value)).toEqual(['y', 'x']);
});

describe('a verdict', () => {
  const run = (outcome: string, gates: string[], errored = 0) =>
    ({
      outcome,
      gates: gates.map((each) => ({ outcome: each, words: `gate ${each}` })),
      counts: { errored, asked: 10, rows: 10 },
      suite: { maxErrorRate: 0.01 },
      comparison: null,
    }) as unknown as EvaluationRun;

  it('is on whole runs only', () => {
    expect(unsignable({ state: 'sealed', partial: null })).toBeNull();
    expect(unsignable({ state: 'incomplete', partial: null })).toContain('seal');
    expect(unsignable({ state: 'sealed', partial: 'the first 5 rows' })).toContain('the first 5 rows');
  });

  it('names what a run is accepted despite, errors too', () => {
    expect(gatesNotHeld(run('passed', ['passed']))).toEqual([]);
    expect(gatesNotHeld(run('failed', ['passed', 'failed']))).toEqual(['gate failed']);
    expect(gatesNotHeld(run('failed', ['passed'], 3))[0]).toContain('3 of 10 answers were errors');
  });

  it('begins with one line on what the run came to', () => {
    expect(verdictLine(run('failed', ['passed', 'failed'], 3))).toBe(
      'Failed: 1 of 2 gates hold; 3 of 10 answers were errors.',
    );
    expect(verdictLine(run('passed', []))).toBe('Passed: no gates are set.');
  });
});

it('gives everything that points into a suite to its box', () => {
  expect(
    sourced({ '/suite': 'Lower case.', '/scorers/0/name': 'No such.', '/model': 'None.' }, 'yaml'),
  ).toEqual({
    ...{ model: 'None.', limit: undefined, general: undefined },
    suite: 'suite: Lower case.; scorers/0/name: No such.',
  });
  expect(sourced({ '/suite': 'There is none.' }, 'bundled').suite).toBe('There is none.');
  expect(sourced({ '': 'This is not YAML.' }, 'yaml').suite).toBe('This is not YAML.');
  expect(sourced({ '': 'Many wait.' }, 'bundled')).toMatchObject({ suite: undefined, general: 'Many wait.' });
});

it('places runs and their intervals within the chart, and marks where the rows are others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 20 }),
      (values) => {
        const runs = values.map((value, place) => ({
          ...{ id: String(place), fingerprint: place < 2 ? 'a' : 'b' },
          metrics: { m: figure(value, value - 1, value + 1) },
        })) as unknown as Trend['runs'];
        const { points, from, to } = pointsOf(runs, 'm');
        expect(to).toBeGreaterThan(from);
        for (const { x, y, low, high } of points)
          for (const percent of [x, y, low ?? 0, high ?? 0]) {
            expect(percent).toBeGreaterThanOrEqual(-1e-6);
            expect(percent).toBeLessThanOrEqual(100 + 1e-6);
          }
        expect(points.filter(({ otherwise }) => otherwise).map(({ run }) => run.id)).toEqual(
          values.length > 2 ? ['2'] : [],
        );
      },
    ),
  );
  expect(pointsOf([], 'm').points).toEqual([]);
});
