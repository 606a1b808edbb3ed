import { describe, expect, it } from 'vitest';
import { proportion } from '../metrics/proportion.ts';
import { placeOf, recallAt } from './recall.ts';
import { refusedBelow, thresholdFor } from './refusal.ts';
import { splitParagraphs } from './split.ts';
import { readParagraphs } from './xquad.ts';

describe('proportion', () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i lies in %f … %f', (hits, rows, low, high) => {
    expect(proportion(hits, rows)).toMatchObject({ low, high, rows });
  });

  it('of nothing says nothing', () => {
    expect(proportion(0, 0)).toEqual({ value: 0, low: 0, high: 1, rows: 0 });
  });
});

describe('recall', () => {
  it('counts distinct things', () => {
    expect(placeOf({ found: ['a', 'a', 'b'], expected: 'b' })).toBe(2);
    expect(placeOf({ found: ['a'], expected: 'b' })).toBe(Number.POSITIVE_INFINITY);
    const questions = [
      { found: ['a', 'b'], expected: 'a' },
      { found: ['a', 'a', 'b'], expected: 'b' },
      { found: [], expected: 'c' },
    ];
    expect(recallAt(1, questions).value).toBeCloseTo(1 / 3, 4);
    expect(recallAt(2, questions).value).toBeCloseTo(2 / 3, 4);
  });
});

describe('refusal', () => {
  it('keeps to the share it may refuse', () => {
    const evidence = Array.from({ length: 100 }, (_, at) => at / 100);
    const threshold = thresholdFor(evidence, 0.08);
    expect(refusedBelow(threshold, evidence).value).toBe(0.08);
    expect(refusedBelow(threshold + 0.01, evidence).value).toBeGreaterThan(0.08);
  });
});

describe('the split', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(splitParagraphs(240, 0.3, 1)).toEqual(splitParagraphs(240, 0.3, 1));
    expect(splitParagraphs(240, 0.3, 1)).not.toEqual(splitParagraphs(240, 0.3, 2));
  });

  it('halves the withheld and the others', () => {
    const { withheld, development } = splitParagraphs(240, 0.3, 7);
    expect([withheld.size, development.size]).toEqual([72, 120]);
    expect([...development].filter((each) => withheld.has(each))).toHaveLength(36);
  });
});

it('reads paragraphs with the questions they answer', () => {
  const qas = (...questions: string[]) => questions.map((question) => ({ question, answers: [] }));
  const data = [
    {
      title: 'T',
      paragraphs: [
        { context: 'one', qas: qas('a?', 'b?') },
        { context: 'two', qas: qas('c?') },
      ],
    },
  ];
  expect(readParagraphs(JSON.stringify({ version: '1.1', data }))).toEqual({
    texts: ['one', 'two'],
    questions: [
      { text: 'a?', paragraph: 0 },
      { text: 'b?', paragraph: 0 },
      { text: 'c?', paragraph: 1 },
    ],
  });
});
