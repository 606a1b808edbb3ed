import { type CountedMetric, measureRows } from '../counted.ts';
import type { Measured } from '../metric.ts';
import { inOne, pooled } from '../pooled.ts';
import { type Counts, ngramsOf, sharedBy } from '../text/ngrams.ts';
import { referencesOf, type TextRow, withReferences } from '../text/row.ts';
import { withoutTrailingSpace } from '../text/white-space.ts';
import { bleuScore, longest, type Smoothing } from './score.ts';
import { tokenizers } from './tokenizers.ts';

export interface BleuOptions {
  /** `13a` when nothing is said. */
  tokenizer?: keyof typeof tokenizers;
  /** `exp` when nothing is said. */
  smoothing?: Smoothing['method'];
  /** For `floor`, 0.1 when nothing is said, and for `add-k`, 1. */
  smoothingValue?: number;
  lowercase?: boolean;
}

/**
 * BLEU (Papineni et al. 2002) from 0 to 100, to the digits of sacreBLEU 2.6. `of` is the corpus score, of no rows 0; `each` the
 * sentence score with effective order, without which a sentence of three words would score 0. Throws `invalid_input` when a
 * row has no reference.
 */
export const bleu = (rows: readonly TextRow[], options?: BleuOptions): Measured =>
  measureRows(bleuMetric(options), withReferences(rows));

/** The same in two steps. What a row counts for is how many references it has and what `bleuScore` takes. */
export function bleuMetric({
  tokenizer = '13a',
  smoothing = 'exp',
  smoothingValue,
  lowercase = false,
}: BleuOptions = {}): CountedMetric<TextRow> {
  const takesValue = smoothing === 'floor' || smoothing === 'add-k';
  const value = smoothingValue ?? (smoothing === 'floor' ? 0.1 : 1);
  const signatureOf = (references: string) =>
    [
      'bleu',
      `nrefs:${references}`,
      `case:${lowercase ? 'lc' : 'mixed'}`,
      'eff:no',
      `tok:${tokenizer}`,
      `smooth:${smoothing}${takesValue ? `[${value}]` : ''}`,
      'version:parlance-1',
    ].join('|');

  const wordsOf = (text: string) =>
    tokenizers[tokenizer](withoutTrailingSpace(lowercase ? text.toLowerCase() : text));
  const columns = 2 + 2 * longest;
  return {
    count: ({ output, references }) => [
      references.length,
      ...countsOf(wordsOf(output), references.map(wordsOf)),
    ],
    measure: (rows) =>
      pooled(
        inOne(rows, columns, 1),
        columns,
        (sums) => bleuScore(sums, { method: smoothing, value }, false),
        {
          better: 'higher',
          signature: signatureOf(referencesOf(rows)),
          alone: (own) => bleuScore(own, { method: smoothing, value }, true),
        },
      ),
  };
}

/** What `bleuScore` takes, for one row. An n-gram is right as often as it is in the reference that has it most. */
function countsOf(output: string[], references: string[][]): number[] {
  const most = Array.from({ length: longest }, (): Counts => new Map());
  for (const reference of references) {
    ngramsOf(reference, longest, ' ').forEach((counts, order) => {
      const merged = most[order] as Counts;
      for (const [run, count] of counts) merged.set(run, Math.max(count, merged.get(run) ?? 0));
    });
  }
  const right = ngramsOf(output, longest, ' ').map((counts, order) =>
    sharedBy(counts, most[order] as Counts),
  );
  const all = right.map((_, order) => Math.max(0, output.length - order));
  return [output.length, closest(output.length, references), ...right, ...all];
}

/** The reference length nearest to that of the output, and the shorter of two as near. */
function closest(length: number, references: string[][]): number {
  return references
    .map((reference) => reference.length)
    .reduce((best, other) => {
      const gain = Math.abs(best - length) - Math.abs(other - length);
      return gain > 0 || (gain === 0 && other < best) ? other : best;
    });
}
