import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricLaws } from '../../test/suites/metric.ts';
import { readReference } from '../reference/read.ts';
import {
  type Answered,
  editSimilarity,
  exactMatch,
  normalizedMatch,
  patternMatch,
  tokenF1,
} from './matching.ts';

interface Cases {
  texts: (Answered & Record<'exact' | 'normalized' | 'tokenF1' | 'similarity', number>)[];
  patterns: ({ pattern: string; text: string } & Record<'part' | 'whole' | 'anyCase', boolean>)[];
}

const { texts, patterns } = readReference<Cases>('matching');
const metrics = { exact: exactMatch, normalized: normalizedMatch, tokenF1, similarity: editSimilarity };
type Name = keyof typeof metrics;
const names = Object.keys(metrics) as Name[];

describe('texts', () => {
  it.each(names)('are compared as the SQuAD script, Python and RapidFuzz do: %s', (name) => {
    const measured = metrics[name](texts);
    texts.forEach((text, row) => {
      expect(measured.each[row], JSON.stringify(text)).toBeCloseTo(text[name], 6);
    });
    expect(measured.of()).toBeCloseTo(texts.reduce((sum, text) => sum + text[name], 0) / texts.length, 6);
  });

  it('without an answer fit nothing, not even an empty reference', () => {
    for (const metric of Object.values(metrics)) {
      expect(metric([{ output: null, references: ['', 'a'] }]).of()).toBe(0);
      expect(metric([{ output: '', references: [''] }]).of()).toBe(1);
      expect(metric([]).of()).toBe(0);
    }
  });

  it('need something to be compared with', () => {
    const without = [{ output: 'a', references: [] }];
    for (const metric of [...Object.values(metrics), patternMatch])
      expect(() => metric(without)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe('patterns', () => {
  it('fit as in Python', () => {
    const rows = patterns.map(({ pattern, text }) => ({ output: text, references: [pattern] }));
    const part = patternMatch(rows).each;
    const whole = patternMatch(rows, { whole: true }).each;
    const anyCase = patternMatch(rows, { ignoreCase: true }).each;
    patterns.forEach((wanted, row) => {
      const found = { part: part[row] === 1, whole: whole[row] === 1, anyCase: anyCase[row] === 1 };
      expect({ ...wanted, ...found }).toEqual(wanted);
    });
  });

  it('that are none are refused, alone and whole', () => {
    for (const options of [{}, { whole: true }])
      expect(() => patternMatch([{ output: 'a', references: ['a)(?:b'] }], options)).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
  });

  it('are named in the signature', () => {
    expect(patternMatch([], { whole: true, ignoreCase: true }).signature).toBe(
      'pattern|fit:whole|case:any|refs:best|version:parlance-1',
    );
  });
});

const text = fc.constantFrom('', 'the cat', 'The cat!', 'cat', 'a dog 🙂', 'мир');
const row: fc.Arbitrary<Answered> = fc.record({
  output: fc.option(text),
  references: fc.array(text, { minLength: 1, maxLength: 3 }),
});
describe.each(names)('%s', (name) => metricLaws({ measure: metrics[name], row, low: 0, high: 1 }));
describe('pattern', () => metricLaws({ measure: patternMatch, row, low: 0, high: 1 }));

it('a text fits itself as well as can be, and both ways alike', () => {
  const unicode = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(unicode, unicode, (one, other) => {
      for (const metric of Object.values(metrics)) {
        expect(metric([{ output: one, references: [other, one] }]).of()).toBe(1);
        const there = metric([{ output: one, references: [other] }]).of();
        expect(metric([{ output: other, references: [one] }]).of()).toBeCloseTo(there, 12);
      }
    }),
  );
});
