import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../../test/suites/metric.ts';
import { text, textRow } from '../text/arbitrary.ts';
import { expectReference, type Scores } from '../text/reference.ts';
import { ter } from './ter.ts';

interface Case extends Scores {
  options: { case_sensitive: boolean; normalized: boolean; no_punct: boolean };
}

describe('TER', () => {
  it('is what sacreBLEU says', () => {
    expectReference<Case>('ter', (rows, { options }) =>
      ter(rows, {
        caseSensitive: options.case_sensitive,
        normalized: options.normalized,
        withoutPunctuation: options.no_punct,
      }),
    );
  });

  it('of the same text is 0', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(ter([{ output: same, references: ['zzz', same] }]).of()).toBe(0);
      }),
    );
  });

  it('takes words that moved together for one edit', () => {
    const references = ['seven words of which three will move'];
    expect(ter([{ output: 'three will move seven words of which', references }]).of()).toBeCloseTo(
      100 / 7,
      9,
    );
  });

  // sacreBLEU breaks off without a row.
  it('of no rows is 0', () => {
    expect(ter([]).of()).toBe(0);
  });

  it('refuses a row without a reference, by which sacreBLEU divides', () => {
    expect(() => ter([{ output: 'a', references: [] }])).toThrow('Row 0 has no reference');
  });

  it('says in its signature what changes the number', () => {
    const rows = [{ output: 'a', references: ['a'] }];
    expect(ter(rows).signature).toBe(
      'ter|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:parlance-1',
    );
    expect(ter(rows, { caseSensitive: true, normalized: true, withoutPunctuation: true }).signature).toBe(
      'ter|nrefs:1|case:mixed|tok:tercom|norm:yes|punct:no|asian:no|version:parlance-1',
    );
  });

  // The most words there are, by the shortest average length of three references.
  metricLaws({ measure: ter, row: textRow, low: 0, high: 3600 });
});
