import { describe, expect, it } from 'vitest';
import { segmentsOf } from './segments.ts';

const span = (text: string, start: number, weight = 0.1) => ({
  text,
  start,
  end: start + text.length,
  weight,
});

describe('segments of an explained text', () => {
  it('join to the text again and keep each span where it is', () => {
    const text = '👍 great, not great';
    const segments = segmentsOf(text, [span('great', 14), span('great', 3)]);
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
    expect(segments.filter((segment) => segment.span).map((segment) => segment.start)).toEqual([3, 14]);
  });

  it('survive spans that overlap, are empty or lie outside', () => {
    const text = 'abcdef';
    const spans = [span('bcd', 1), span('cde', 2), { ...span('', 4), end: 4 }, span('zzz', 5)];
    const segments = segmentsOf(text, spans);
    expect(segments.map((segment) => segment.text)).toEqual(['a', 'bcd', 'ef']);
  });

  it('are one stretch without spans', () => {
    expect(segmentsOf('abc', [])).toEqual([{ start: 0, text: 'abc' }]);
    expect(segmentsOf('', [])).toEqual([]);
  });
});
