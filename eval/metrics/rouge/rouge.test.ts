import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../../test/suites/metric.ts';
import { readReference } from '../../reference/read.ts';
import { text, textRow } from '../text/arbitrary.ts';
import { expectReference, type Scores } from '../text/reference.ts';
import type { RougeVariant } from './hits.ts';
import { stemOf } from './porter.ts';
import { rouge } from './rouge.ts';
import { tokensOf } from './tokens.ts';

interface Case extends Scores {
  variant: RougeVariant;
  stemmer: boolean;
  precision: number;
  recall: number;
}

describe('ROUGE', () => {
  it('is what rouge-score says, and so are precision and recall', () => {
    expectReference<Case>('rouge', (rows, { variant, stemmer, precision, recall }) => {
      const measured = rouge(rows, variant, { stemmer });
      expect(measured.parts?.precision?.()).toBeCloseTo(precision, 6);
      expect(measured.parts?.recall?.()).toBeCloseTo(recall, 6);
      return measured;
    });
  });

  it('takes lines for sentences only where it is Lsum', () => {
    const rows = [{ output: 'one two\nthree four', references: ['three four\none two'] }];
    expect(rouge(rows, 'L').of()).toBe(0.5);
    expect(rouge(rows, 'Lsum').of()).toBe(1);
  });

  // rouge-score breaks off without a reference, and has no mean of no rows.
  it('of no rows is 0, and refuses a row without a reference', () => {
    expect(rouge([], 'L').of()).toBe(0);
    expect(() => rouge([{ output: 'a', references: [] }], 'L')).toThrow('Row 0 has no reference');
  });

  it('says in its signature what changes the number', () => {
    const rows = [{ output: 'a', references: ['a'] }];
    expect(rouge(rows, 'Lsum', { stemmer: true }).signature).toBe(
      'rouge-Lsum|nrefs:1|stemmer:porter-nltk|tok:rouge-score|value:f|version:parlance-1',
    );
    expect(rouge(rows, '1').signature).toBe(
      'rouge-1|nrefs:1|stemmer:no|tok:rouge-score|value:f|version:parlance-1',
    );
  });

  it('stems as NLTK does', () => {
    const { stems } = readReference<{ stems: [word: string, stem: string][] }>('text-stems');
    expect(stems.length).toBeGreaterThan(1000);
    expect(stems.map(([word]) => [word, stemOf(word)])).toEqual(stems);
  });
});

describe.each(['1', '2', 'L', 'Lsum'] as const)('ROUGE-%s', (variant) => {
  it('of the same text is 1', () => {
    fc.assert(
      fc.property(text, (same) => {
        const enough = tokensOf(same, false).length >= (variant === '2' ? 2 : 1);
        expect(rouge([{ output: same, references: ['zzz', same] }], variant).of()).toBe(enough ? 1 : 0);
      }),
    );
  });

  metricLaws({ measure: (rows) => rouge(rows, variant, { stemmer: true }), row: textRow, low: 0, high: 1 });
});
