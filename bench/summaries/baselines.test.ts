import { describe, expect, it } from 'vitest';
import { filled, filteredTextRank, lead, textRank } from './baselines.ts';

const sentences = [
  'It rained.',
  'The red parcel went to the wrong house.',
  'A neighbour of the wrong house kept the red parcel.',
  'Nothing else happened.',
  'The parcel came back from the house.',
];

describe('TextRank', () => {
  it('puts the sentence first that shares most words with the others, and those that share none last', () => {
    for (const rank of [textRank, filteredTextRank]) {
      const ranking = rank(sentences);
      expect(ranking[0]).toBe(1);
      expect(ranking.slice(-2)).toEqual([0, 3]);
    }
  });

  it('has every sentence once, also where nothing is shared and for one word', () => {
    for (const given of [['One.'], ['One.', 'Two.', 'Three.'], []]) {
      expect(textRank(given).sort()).toEqual([...given.keys()]);
    }
  });
});

describe('a summary of a budget', () => {
  it('is in the order of the document and passes over what is too long', () => {
    expect(filled(sentences, [2, 1, 0], { words: 12 })).toEqual(['It rained.', sentences[2]]);
    expect(filled(sentences, lead(sentences), { sentences: 2 })).toEqual(sentences.slice(0, 2));
    expect(filled(sentences, [1], { words: 1 })).toEqual([sentences[1]]);
  });
});
