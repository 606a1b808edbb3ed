import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { type ChrfOptions, chrf } from './chrf.ts';
import { text, textRow } from './text/arbitrary.ts';
import { expectReference, type Scores } from './text/reference.ts';

interface Case extends Scores {
  options: { word_order: ChrfOptions['words']; lowercase: boolean };
}

describe.each([0, 2] as const)('chrF with runs of %i words', (words) => {
  it('of the same text is 100', () => {
    fc.assert(
      fc.property(text, (same) => {
        const rows = [{ output: same, references: ['zzz', same] }];
        expect(chrf(rows, { words }).of()).toBeCloseTo(same.trim() ? 100 : 0, 9);
      }),
    );
  });

  metricLaws({ measure: (rows) => chrf(rows, { words }), row: textRow, low: 0, high: 100 });
});

describe('chrF', () => {
  it('is what sacreBLEU says', () => {
    expectReference<Case>('chrf', (rows, { options }) =>
      chrf(rows, { words: options.word_order, lowercase: options.lowercase }),
    );
  });

  // sacreBLEU breaks off without a row.
  it('of no rows is 0', () => {
    expect(chrf([]).of()).toBe(0);
  });

  it('refuses a row without a reference, for which sacreBLEU has no counts', () => {
    expect(() => chrf([{ output: 'a', references: [] }])).toThrow('Row 0 has no reference');
  });

  it('says in its signature what changes the number', () => {
    const rows = [{ output: 'a', references: ['a'] }];
    expect(chrf(rows).signature).toBe(
      'chrf2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:parlance-1',
    );
    expect(chrf(rows, { words: 2, lowercase: true }).signature).toBe(
      'chrf2++|nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:parlance-1',
    );
  });
});
