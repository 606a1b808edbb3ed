import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { wholeCharacters } from '../test/fixtures/architectures/places.ts';
import { loadTokenizer, type Tokenizer } from './tokenizer.ts';

const fixtures = join(import.meta.dirname, '../test/fixtures/architectures');
const read = async (name: string) => JSON.parse(await readFile(join(fixtures, 'reference', name), 'utf8'));

/** What breaks offsets: characters of two units, of several code points, of no width, that grow or vanish when normalized. */
const odd = fc.constantFrom(
  ...[
    'a',
    'B',
    'e\u0301',
    '\u0301',
    'ß',
    'İ',
    'Σ',
    'ﬁ',
    '½',
    'Ｊ',
    '東',
    '𠀀',
    'ジ',
    'ש',
    'ل',
    '👍🏽',
    '👩‍👩‍👧',
    '🇪🇸',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '\u200b',
    '\u00ad',
    '\ufeff',
    '\u0000',
    '\u0007',
    '\ufffd',
    '▁',
    'Ġ',
    '##',
    '.',
    '—',
  ],
  ...['[MASK]', '</s>', 'London', '\ud83d', '\udc4d', 'x'.repeat(120)],
);

describe.each([
  ['tiny-polarity', 'word-pieces'],
  ['tiny-names', 'word-pieces-cased'],
  ['tokenizer-byte-pairs', 'byte-pairs'],
  ['tokenizer-unigrams', 'unigrams'],
])('places of the tokens of %s', (folder, name) => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(join(fixtures, folder), 64);
  });

  it('are those of the reference, with its ids', async () => {
    for (const { text, ids, offsets } of await read(`places-${name}.json`)) {
      const placed = tokenizer.places(text);
      expect(placed.ids, text).toEqual(ids);
      offsets.forEach(([start, end]: [number, number], token: number) => {
        const found = [placed.starts[token], placed.ends[token]];
        // The mark of a blank has no place here; there it has the blank's or the next character's.
        if (found[0] !== found[1])
          expect(found, `${text}: token ${token}`).toEqual(wholeCharacters(text, start, end));
      });
    }
  });

  it('are in the text and in its order, and divide no character', () => {
    const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { ids, starts, ends } = tokenizer.places(text);
        const borders = new Set([...characters.segment(text)].map(({ index }) => index)).add(text.length);
        for (let token = 0; token < ids.length; token++) {
          const [start = -1, end = -1] = [starts[token], ends[token]];
          expect(start).toBeGreaterThanOrEqual(starts[token - 1] ?? 0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(borders.has(start) && borders.has(end)).toBe(true);
        }
      }),
    );
  });

  it('are found in a text of one long word', () => {
    const text = 'ab'.repeat(20_000);
    const { starts, ends } = tokenizer.places(text);
    expect([starts[0], ends.at(-1)]).toEqual([0, text.length]);
  });
});

it.each([
  ['tiny-cross-encoder', 'pairs'],
  ['tokenizer-byte-pairs', 'pairs-byte-pairs'],
])('pairs of %s are put together and cut as the reference does', async (folder, name) => {
  const tokenizer = await loadTokenizer(join(fixtures, folder), 48);
  const plain = await loadTokenizer(join(fixtures, folder), 10_000);
  for (const { query, text, ids, types } of await read(`${name}.json`)) {
    const pair = tokenizer.encodePair(query, text);
    expect(pair.ids).toEqual(ids);
    if (name === 'pairs') expect(pair.types).toEqual(types);
    expect(pair.truncated).toBe(plain.encodePair(query, text).ids.length > 48);
  }
});
