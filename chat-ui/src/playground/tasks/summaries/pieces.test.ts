import { describe, expect, it } from 'vitest';
import { piecesOf } from './pieces.ts';

describe('piecesOf', () => {
  it('marks what is in the summary and loses nothing', () => {
    const text = 'One. Two. Three.';
    const pieces = piecesOf(text, [
      { start: 0, end: 4 },
      { start: 10, end: 16 },
    ]);
    expect(pieces).toEqual([
      { start: 0, text: 'One.', chosen: true },
      { start: 4, text: ' Two. ', chosen: false },
      { start: 10, text: 'Three.', chosen: true },
    ]);
  });

  it('passes over what does not fit the text', () => {
    const impossible = [
      { start: 2, end: 1 },
      { start: 0, end: 99 },
    ];
    expect(piecesOf('One.', impossible)).toEqual([{ start: 0, text: 'One.', chosen: false }]);
  });
});
