import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf, readBack, writtenOf } from './json-text.ts';

describe('what one edits of a row', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const back = readBack(writtenOf(value));
        // Null is what nobody wrote: an empty text.
        expect(JSON.stringify(back)).toBe(value === null ? '""' : JSON.stringify(value));
      }),
    );
  });

  it('is a text without quotes, and JSON for the rest', () => {
    expect(writtenOf('plain')).toEqual({ text: 'plain', json: false });
    expect(writtenOf({ a: 1 })).toMatchObject({ json: true });
    expect(problemOf({ text: 'plain', json: true })).toContain('not JSON');
    expect(problemOf({ text: '{', json: false })).toBeUndefined();
  });
});
