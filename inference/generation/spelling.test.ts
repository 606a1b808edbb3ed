import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endWithin } from '../token-bytes.ts';
import { Spelling } from './spelling.ts';

/** Tokens are bytes, as those of a byte-level vocabulary may be. */
const decode = (tokens: readonly number[]) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(tokens));
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

function told(tokens: readonly number[], decoder = decode): string[] {
  const spelling = new Spelling(decoder, endWithin);
  const pieces = tokens.map((token) => spelling.take(token));
  return [...pieces, spelling.rest].filter((piece) => piece !== '');
}

const characters = ['a', ' ', 'é', 'e\u0301', '您', '👋🏽', '👨‍👩‍👧‍👦', '🇪🇸', '🇫🇷', '1️⃣', '\r\n', 'नि'];

it('tells a text whole, and no piece ends inside a character, of as many bytes and code points as it may be', () => {
  const text = fc.array(fc.constantFrom(...characters), { maxLength: 40 }).map((each) => each.join(''));
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(text, (whole) => {
      const pieces = told(bytesOf(whole));
      expect(pieces.join('')).toBe(whole);
      const ends = new Set([...segmenter.segment(whole)].map(({ index }) => index).concat(whole.length));
      let end = 0;
      for (const piece of pieces) {
        end += piece.length;
        expect(ends).toContain(end);
      }
    }),
  );
});

it('tells bytes that are no text as a decoder does, but for a character that they have only begun', () => {
  const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 80 });
  const whole = (tokens: number[]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(tokens), { stream: true });
  fc.assert(
    fc.property(bytes, (tokens) => {
      expect(told(tokens).join('')).toBe(whole(tokens));
    }),
  );
});

it('a text that ends within a character ends before it, and one that ends with U+FFFD keeps it', () => {
  const wave = bytesOf('hi 👋');
  for (const missing of [1, 2, 3]) expect(told(wave.slice(0, -missing)).join('')).toBe('hi ');
  expect(told(bytesOf('hi \uFFFD')).join('')).toBe('hi \uFFFD');
  expect(told([...bytesOf('hi \uFFFD'), 0xe2, 0x82]).join('')).toBe('hi \uFFFD');
});

it('a character is told as soon as the next begins', () => {
  expect(told(bytesOf('ab👋c'))).toEqual(['a', 'b', '👋', 'c']);
});

it('keeps blanks that a decoder drops at the beginning of a text', () => {
  const words = ['one', ' two', ' three', ' four'];
  const dropping = (tokens: readonly number[]) =>
    tokens
      .map((token) => words[token % 4])
      .join('')
      .trimStart();
  const tokens = Array.from({ length: 101 }, (_, at) => at);
  expect(told(tokens, dropping).join('')).toBe(dropping(tokens));
});
