import { describe, expect, it } from 'vitest';
import { readReference } from '../reference/read.ts';
import { bothOrders, calibrate, correctedRate, type Preference } from './judge.ts';

interface Case {
  counts: number[][];
  hits: number;
  rows: number;
  value: number;
  low: number;
  high: number;
}
const cases = readReference<{ corrected: Case[] }>('statistics').corrected;

const repeat = (label: string, count: number) => new Array<string>(count).fill(label);

describe('a judge beside people', () => {
  const people = [...repeat('pass', 120), ...repeat('fail', 100)];
  const judge = [...repeat('pass', 110), ...repeat('fail', 10), ...repeat('pass', 20), ...repeat('fail', 80)];

  it('has a confusion matrix, an agreement and a κ with its interval', () => {
    const calibration = calibrate(['pass', 'fail'], people, judge);
    expect(calibration.matrix.counts).toEqual([
      [110, 10],
      [20, 80],
    ]);
    expect(calibration.agreement).toMatchObject({ value: 190 / 220, rows: 220, method: 'wilson' });
    expect(calibration.kappa.value).toBeCloseTo(0.7227, 3);
    expect(calibration.kappa.low).toBeLessThan(0.7);
    expect(calibration.usable).toBe(true);
  });

  it('is not used with few labels, or a low κ', () => {
    expect(calibrate(['pass', 'fail'], people.slice(30), judge.slice(30)).usable).toBe(false);
    expect(calibrate(['pass', 'fail'], people, [...people].reverse()).usable).toBe(false);
  });

  it('is corrected by how it errs', () => {
    const { matrix } = calibrate(['pass', 'fail'], people, judge);
    // (0.7 + 0.8 − 1) / (110/120 + 0.8 − 1)
    const corrected = correctedRate(matrix, 'pass', { hits: 350, rows: 500 });
    expect(corrected.value).toBeCloseTo(0.69767, 5);
    expect(corrected.low).toBeLessThan(0.62);
    expect(corrected.high).toBeGreaterThan(0.76);
    const failed = correctedRate(matrix, 'fail', { hits: 150, rows: 500 });
    expect(failed.value).toBeCloseTo(1 - corrected.value, 12);
    expect(failed.low).toBeCloseTo(1 - corrected.high, 12);
    expect(correctedRate(matrix, 'pass', { hits: 5, rows: 500 }).value).toBe(0);
  });

  it.each(cases)('is corrected from $hits of $rows as Lang and Reiczigel do it: $counts', (each) => {
    const corrected = correctedRate({ labels: ['pass', 'fail'], counts: each.counts }, 'pass', each);
    expect(corrected.value).toBeCloseTo(each.value, 9);
    expect(corrected.low).toBeCloseTo(each.low, 9);
    expect(corrected.high).toBeCloseTo(each.high, 9);
  });

  it('that is no better than chance, or was never tried, corrects nothing', () => {
    const anything = { value: 0.3, low: 0, high: 1, rows: 10 };
    const of = (counts: number[][]) =>
      correctedRate({ labels: ['pass', 'fail'], counts }, 'pass', { hits: 3, rows: 10 });
    expect(
      of([
        [5, 5],
        [5, 5],
      ]),
    ).toEqual(anything);
    expect(
      of([
        [1, 9],
        [9, 1],
      ]),
    ).toEqual(anything);
    expect(
      of([
        [10, 0],
        [0, 0],
      ]),
    ).toEqual(anything);
    expect(
      of([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual(anything);
    const none = correctedRate(
      {
        labels: ['pass', 'fail'],
        counts: [
          [9, 1],
          [1, 9],
        ],
      },
      'pass',
      { hits: 0, rows: 0 },
    );
    expect(none).toEqual({ value: 0, low: 0, high: 1, rows: 0 });
  });
});

it('keeps only verdicts that hold in both orders, and counts which place they favour', () => {
  const aFirst: Preference[] = ['a', 'a', 'b', 'b', 'tie', 'a', 'a'];
  const bFirst: Preference[] = ['a', 'b', 'a', 'b', 'tie', 'tie', 'b'];
  const swap = bothOrders(aFirst, bFirst);
  expect(swap.verdicts).toEqual(['a', 'tie', 'tie', 'b', 'tie', 'tie', 'tie']);
  expect(swap.consistency).toMatchObject({ value: 3 / 7, rows: 7, method: 'wilson' });
  expect([swap.firstPlace, swap.secondPlace]).toEqual([2, 1]);
});
