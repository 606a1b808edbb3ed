import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { SentimentLabel, SentimentResult, TaskItem } from '#contracts';
import { rowsOf, rowsToCsv, sortRows } from './rows.ts';

const result = (label: SentimentLabel, score: number): TaskItem<SentimentResult> => ({
  result: { label, score, probabilities: { negative: 0.2, neutral: 0.3, positive: 0.5 } },
});
const failed: TaskItem<SentimentResult> = { error: { code: 'too_large', detail: 'Too long, by far' } };
const rows = rowsOf(
  ['b', 'say "hi", please\nbye', 'a', 'c'],
  [result('positive', 3), failed, result('negative', -2), result('positive', 1)],
);
const orders = (sorted: typeof rows) => sorted.map((row) => row.order);

describe('rows', () => {
  it('sort by score with failures last both ways', () => {
    expect(orders(sortRows(rows, { key: 'score', descending: false }))).toEqual([2, 3, 0, 1]);
    expect(orders(sortRows(rows, { key: 'score', descending: true }))).toEqual([0, 3, 2, 1]);
  });

  it('sort by text, label and order', () => {
    expect(orders(sortRows(rows, { key: 'text', descending: false }))).toEqual([2, 0, 3, 1]);
    expect(orders(sortRows(rows, { key: 'label', descending: false }))).toEqual([2, 3, 0, 1]);
    expect(orders(sortRows(rows, { key: 'order', descending: true }))).toEqual([3, 2, 1, 0]);
  });

  it('become CSV that a parser reads back', () => {
    const read = parse(rowsToCsv(rows), { bom: true, columns: true }) as Record<string, string>[];
    expect(read).toHaveLength(4);
    expect(read[0]).toMatchObject({ text: 'b', label: 'positive', score: '3', error: '' });
    expect(read[1]).toMatchObject({ text: 'say "hi", please\nbye', label: '', error: 'Too long, by far' });
  });
});
