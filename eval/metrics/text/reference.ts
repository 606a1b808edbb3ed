import { expect } from 'vitest';
import { readReference } from '../../reference/read.ts';
import type { Measured } from '../metric.ts';
import type { TextRow } from './row.ts';

/** What a library says of one set of rows: of all together and of each alone. */
export interface Scores {
  corpus: string;
  all: number;
  each: number[];
}

interface Corpus {
  corpus: string;
  rows: [output: string, references: string[]][];
}

const { corpora } = readReference<{ corpora: Corpus[] }>('text-rows');
const rowsByName = new Map(
  corpora.map(({ corpus, rows }) => [corpus, rows.map(([output, references]) => ({ output, references }))]),
);

/** Compares our figures with those of `text-<family>.json`, for which `measure` makes the metric of a set of rows. */
export function expectReference<Case extends Scores>(
  family: string,
  measure: (rows: TextRow[], scores: Case) => Measured,
): void {
  const { scores } = readReference<{ scores: Case[] }>(`text-${family}`);
  expect(new Set(scores.map(({ corpus }) => corpus)).size).toBe(rowsByName.size);
  for (const expected of scores) {
    const { all, each, ...about } = expected;
    const measured = measure(rowsByName.get(expected.corpus) ?? [], expected);
    expect(measured.of(), JSON.stringify(about)).toBeCloseTo(all, 6);
    each.forEach((value, row) => {
      expect(measured.each[row], `${JSON.stringify(about)}, row ${row}`).toBeCloseTo(value, 6);
    });
  }
}
