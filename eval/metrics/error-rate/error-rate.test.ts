import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../../test/suites/metric.ts';
import { text } from '../text/arbitrary.ts';
import { expectReference, type Scores } from '../text/reference.ts';
import { editsBetween } from './edits.ts';
import { characterErrorRate, matchErrorRate, wordErrorRate, wordInformationLost } from './error-rate.ts';

const rates = {
  wer: wordErrorRate,
  cer: characterErrorRate,
  mer: matchErrorRate,
  wil: wordInformationLost,
};

it('is what jiwer says', () => {
  expectReference<Scores & { rate: keyof typeof rates }>('error-rates', (rows, { rate }) =>
    rates[rate](rows.map(({ output, references: [reference = ''] }) => ({ output, reference }))),
  );
});

it('counts edits as a distance', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 });
  fc.assert(
    fc.property(letters, letters, letters, (one, two, three) => {
      const distance = (from: string[], to: string[]) => editsBetween(from, to).edits;
      expect(distance(one, one)).toBe(0);
      expect(distance(one, two)).toBe(distance(two, one));
      expect(distance(one, three)).toBeLessThanOrEqual(distance(one, two) + distance(two, three));
    }),
  );
});

describe.each(Object.entries(rates))('%s', (name, rate) => {
  it('of the same text is 0, and of no rows', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(rate([{ output: same, reference: same }]).of()).toBe(0);
      }),
    );
    expect(rate([]).of()).toBe(0);
  });

  it('says in its signature what changes the number', () => {
    const unit = name === 'cer' ? 'char' : 'word';
    expect(rate([]).signature).toBe(`${name}|tok:${unit}|norm:no|version:parlance-1`);
  });

  const row = fc.record({ output: text, reference: text });
  metricLaws({ measure: rate, row, low: 0, high: name === 'mer' || name === 'wil' ? 1 : 100 });
});
