import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatLanguage, formatMs, formatSigned } from './format.ts';

describe('formats', () => {
  it('signs without a negative zero', () => {
    expect(formatSigned(3.84)).toBe('+3.8');
    expect(formatSigned(-2)).toBe('−2.0');
    expect(formatSigned(-0.04)).toBe('0.0');
  });

  it('keeps durations and sizes readable', () => {
    expect([0.42, 8.31, 124.4, 2410].map(formatMs)).toEqual(['0.42 ms', '8.3 ms', '124 ms', '2.41 s']);
    expect([900, 23_477_617, 1_500].map(formatBytes)).toEqual(['900 B', '23 MB', '1.5 kB']);
  });

  it('tells how long ago', () => {
    const now = Date.parse('2026-01-10T12:00:00Z');
    expect(formatAgo('2026-01-10T11:59:50Z', now)).toBe('just now');
    expect(formatAgo('2026-01-10T11:55:00Z', now)).toBe('5 minutes ago');
    expect(formatAgo('2026-01-13T12:00:00Z', now)).toBe('in 3 days');
  });

  it('names languages, and leaves nonsense alone', () => {
    expect(formatLanguage('en')).toBe('English');
    expect(formatLanguage('!!')).toBe('!!');
  });
});
