import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionStyle } from '#contracts';
import { findEntities } from './find.ts';
import { redact, restore } from './redact.ts';

const redacted = (text: string, style?: RedactionStyle) => redact(text, findEntities(text), style);

describe('redact', () => {
  it('puts labels', () => {
    expect(redacted('write to ana@example.com or call +34 612 345 678.')).toEqual({
      text: 'write to [EMAIL] or call [PHONE].',
    });
  });

  it('masks to the same length and keeps the last four digits of a card', () => {
    expect(redacted('4111 1111-1111 1111 of ana@example.com', 'mask').text).toBe(
      '***************1111 of ***************',
    );
    const styled = '𝟜𝟙𝟙𝟙 1111 1111 111𝟙';
    const { text } = redacted(styled, 'mask');
    expect(text).toBe(`${'*'.repeat(19)}111𝟙`);
    expect(text).toHaveLength(styled.length);
  });

  it('gives the same value the same token, and another value another', () => {
    const { text, map } = redacted('ana@example.com, bob@example.com, ana@example.com', 'map');
    expect(text).toBe('[EMAIL_1], [EMAIL_2], [EMAIL_1]');
    expect(map).toEqual({ '[EMAIL_1]': 'ana@example.com', '[EMAIL_2]': 'bob@example.com' });
  });

  it('gives no token that the text has already', () => {
    const source = '[EMAIL_1] is not ana@example.com nor [EMAIL_3] bob@example.com';
    const { text, map = {} } = redacted(source, 'map');
    expect(text).toBe('[EMAIL_1] is not [EMAIL_2] nor [EMAIL_3] [EMAIL_4]');
    expect(restore(text, map)).toBe(source);
  });

  it('can be undone, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'ana@example.com',
        '[EMAIL_1]',
        '[CARD_2]',
        '4111 1111 1111 1111',
        '__proto__',
        '$&',
        '[',
        '_1]',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.constantFrom('', ' '), (pieces, between) => {
        const source = pieces.join(between);
        const { text, map = {} } = redacted(source, 'map');
        expect(restore(text, map)).toBe(source);
      }),
    );
  });
});
