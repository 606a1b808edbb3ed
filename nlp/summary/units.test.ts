import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitsOf } from './units.ts';

const pieces = (text: string) => unitsOf(text).map(({ start, end }) => text.slice(start, end));

describe('unitsOf', () => {
  test('joins lines that were only wrapped, and no others', () => {
    expect(pieces('The parcel that I ordered\nlast week is late.\nPlease send it.\n\nand soon')).toEqual([
      'The parcel that I ordered\nlast week is late.',
      'Please send it.',
      'and soon',
    ]);
  });

  test('leaves out the marks of lists and headings', () => {
    expect(pieces('## What to do\n- Restart the router\n* Call us\n3) Wait')).toEqual([
      'What to do',
      'Restart the router',
      'Call us',
      'Wait',
    ]);
  });

  test('leaves out what says nothing, unless there is nothing else', () => {
    expect(pieces('It works. 👍 !!! Thank you.')).toEqual(['It works.', 'Thank you.']);
    expect(pieces('👍').join('')).toBe('👍');
  });

  test('cuts what has no full stop', () => {
    const text = 'word '.repeat(20_000).trim();
    const units = pieces(text);
    expect(Math.max(...units.map((unit) => unit.length))).toBeLessThanOrEqual(600);
    expect(units.join(' ')).toBe(text);
  });

  test('finds sentences that run from right to left', () => {
    expect(pieces('هل وصل الطرد؟ لا، لم يصل بعد.')).toEqual(['هل وصل الطرد؟', 'لا، لم يصل بعد.']);
  });

  test('gives pieces in order that do not overlap, and one at least for a text that is not blank', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('. ', '\n', '\n- ', 'word ', '# ', '👍🏽', '…'),
        ),
      )
      .map((parts) => parts.join(''))
      .filter((each) => each.trim() !== '');
    fc.assert(
      fc.property(text, (given) => {
        const units = unitsOf(given);
        expect(units.length).toBeGreaterThan(0);
        for (const [at, { start, end }] of units.entries()) {
          expect(start).toBeGreaterThanOrEqual(units[at - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(given.slice(start, end).trim()).toBe(given.slice(start, end));
        }
      }),
    );
  });
});
