import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEntities } from '../find.ts';
import { NameClassifier } from './classifier.ts';
import { tableRows, tags } from './features.ts';
import { wordsIn } from './words.ts';

const namesOf = (text: string) =>
  findEntities(text, ['person', 'place', 'organization']).map((entity) => `${entity.type}: ${entity.text}`);

describe('names', () => {
  it.each([
    ['Hi, my name is Anna Freeman and I live in Madrid.', ['person: Anna Freeman', 'place: Madrid']],
    ['me llamo José García y necesito ayuda', ['person: José García']],
    ['my name is john smith', ['person: john smith']],
    ["please refund Maria's order", ['person: Maria']],
    ['can i get a refund for my order', []],
    ['quiero cancelar mi pedido', []],
    ['The card was declined. Why?', []],
  ])('%s', (text, names) => {
    expect(namesOf(text)).toEqual(names);
  });

  it('do not take what a pattern has found', () => {
    const found = findEntities('I am Anna Freeman, anna.freeman@example.com');
    expect(found.map(({ type, text }) => `${type}: ${text}`)).toEqual([
      'person: Anna Freeman',
      'email: anna.freeman@example.com',
    ]);
    expect(found.map(({ source }) => source)).toEqual(['names', 'pattern']);
  });
});

describe('words', () => {
  it('keep hyphens and apostrophes inside and put possessives apart', () => {
    const text = "Jean-Luc O'Brien's cat isn't 42.";
    expect(wordsIn(text).map((word) => word.text)).toEqual([
      'Jean-Luc',
      "O'Brien",
      "'s",
      'cat',
      'isn',
      "'t",
      '42',
      '.',
    ]);
  });

  it('lie where they say, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { text: word, start, end } of wordsIn(text)) {
          if (word !== '#') expect(text.slice(start, end)).toBe(word);
        }
      }),
    );
  });
});

it('refuses weights of other features', () => {
  expect(() => new NameClassifier(new Int8Array(3), 1)).toThrow('other features');
  expect(() => new NameClassifier(new Int8Array(tableRows * tags.length), 1)).not.toThrow();
});
