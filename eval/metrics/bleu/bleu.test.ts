import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../../test/suites/metric.ts';
import { text, textRow } from '../text/arbitrary.ts';
import { expectReference, type Scores } from '../text/reference.ts';
import { type BleuOptions, bleu } from './bleu.ts';

interface Case extends Scores {
  options: {
    tokenize?: BleuOptions['tokenizer'];
    smooth_method: BleuOptions['smoothing'];
    smooth_value?: number;
    lowercase?: boolean;
  };
}

describe('BLEU', () => {
  it('is what sacreBLEU says', () => {
    expectReference<Case>('bleu', (rows, { options }) =>
      bleu(rows, {
        tokenizer: options.tokenize,
        smoothing: options.smooth_method,
        smoothingValue: options.smooth_value,
        lowercase: options.lowercase,
      }),
    );
  });

  it('of the same text is 100, however short it is alone', () => {
    fc.assert(
      fc.property(text, (same) => {
        const [alone] = bleu([{ output: same, references: ['zzz', same] }]).each;
        expect(alone).toBeCloseTo(same.trim() ? 100 : 0, 9);
      }),
    );
    expect(bleu([{ output: 'a b c d', references: ['a b c d'] }]).of()).toBeCloseTo(100, 9);
  });

  // sacreBLEU breaks off without a row.
  it('of no rows is 0', () => {
    expect(bleu([]).of()).toBe(0);
    expect(bleu([{ output: 'a b c d', references: ['a b c d'] }]).of([0])).toBe(0);
  });

  it('refuses a row without a reference, which sacreBLEU fails over', () => {
    expect(() => bleu([{ output: 'a', references: [] }])).toThrow('Row 0 has no reference');
  });

  it('says in its signature what changes the number', () => {
    const rows = [{ output: 'a', references: ['a', 'b'] }];
    expect(bleu(rows).signature).toBe('bleu|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:parlance-1');
    expect(bleu(rows, { smoothing: 'floor', tokenizer: 'char', lowercase: true }).signature).toBe(
      'bleu|nrefs:2|case:lc|eff:no|tok:char|smooth:floor[0.1]|version:parlance-1',
    );
    expect(bleu([...rows, { output: 'a', references: ['a'] }]).signature).toContain('nrefs:var');
  });

  metricLaws({ measure: bleu, row: textRow, low: 0, high: 100 });
  describe('with add-k and characters', () => {
    const options = { smoothing: 'add-k', tokenizer: 'char' } as const;
    metricLaws({ measure: (rows) => bleu(rows, options), row: textRow, low: 0, high: 100 });
  });
});
