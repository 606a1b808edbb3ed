import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentencesOf, windowsOf, wordsOf } from './segment.ts';

const pieces = (text: string, spans: { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end));

const prose = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('. ', '! ', 'Mr. ', '\n', ' word ', '👍🏽', '…'),
    ),
  )
  .map((parts) => parts.join(''));

describe('sentencesOf', () => {
  test('splits prose and keeps common abbreviations whole', () => {
    const text = 'Mr. Smith called.  It cost approx. $5.50!\nIs that right? Yes';
    expect(pieces(text, sentencesOf(text))).toEqual([
      'Mr. Smith called.',
      'It cost approx. $5.50!',
      'Is that right?',
      'Yes',
    ]);
  });

  test('tells the answer No from the number, and an end from an abbreviation', () => {
    const text =
      'Would I buy again? No. It broke. It is No. 7 of ten, etc. and so on. We bought it from Acme Inc. It works.';
    expect(pieces(text, sentencesOf(text))).toEqual([
      'Would I buy again?',
      'No.',
      'It broke.',
      'It is No. 7 of ten, etc. and so on.',
      'We bought it from Acme Inc.',
      'It works.',
    ]);
  });

  test('does not end within a web address', () => {
    const text = 'See (https://shop.example/track?id=12&q=a!b?c). Is it www.shop.example? Yes. Really?Yes';
    expect(pieces(text, sentencesOf(text))).toEqual([
      'See (https://shop.example/track?id=12&q=a!b?c).',
      'Is it www.shop.example?',
      'Yes.',
      'Really?',
      'Yes',
    ]);
  });

  test('finds the same sentences in a long text as in its parts', () => {
    const sentences = Array.from({ length: 900 }, (_, at) => `This is sentence number ${at}, with 👍 in it.`);
    const text = sentences.join(' ');
    expect(pieces(text, sentencesOf(text))).toEqual(sentences);
    expect(wordsOf(text)).toHaveLength(900 * 9);
    expect(wordsOf(text, 65)).toEqual(wordsOf(text).slice(0, 65));
  });

  test('a run without a blank is cut, not lost, and no surrogate pair with it', () => {
    const text = `a${'👍'.repeat(5_000)}`;
    const words = pieces(text, wordsOf(text));
    expect(words.join('')).toBe(text);
    expect(words.every((word) => !/^[\uDC00-\uDFFF]/.test(word))).toBe(true);
  });

  test('loses nothing but space, in order, whatever the text', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const spans = sentencesOf(text);
        expect(pieces(text, spans).join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
        for (const [at, span] of spans.entries())
          expect(span.start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
      }),
    );
  });
});

test('words leave out punctuation and keep emoji', () => {
  const text = "It's great 👍, isn't it?";
  expect(pieces(text, wordsOf(text))).toEqual(["It's", 'great', '👍', "isn't", 'it']);
});

describe('windowsOf', () => {
  test('groups whole sentences up to the length', () => {
    const text = 'One two. Three four. Five six.';
    expect(pieces(text, windowsOf(text, 21))).toEqual(['One two. Three four.', 'Five six.']);
  });

  test('no window is longer than asked for, none splits a surrogate pair, and nothing is lost', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const windows = pieces(text, windowsOf(text, limit));
        for (const window of windows) {
          expect(window.length).toBeLessThanOrEqual(limit);
          expect(window).not.toMatch(/^[\uDC00-\uDFFF]/);
        }
        expect(windows.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
    );
  });
});
