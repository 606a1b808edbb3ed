import { expect, it } from 'vitest';
import { fold } from './fold.ts';

it('makes blanks, dashes, digits and styled letters plain and leaves out what is invisible', () => {
  expect(fold('４\u200b１\u00a0١٢–𝟕Ａ\u00ad e\u0301').plain).toBe('41 12-7A e\u0301');
});

it('knows every decimal digit of Unicode', () => {
  for (let code = 0; code <= 0x1ffff; code++) {
    const character = String.fromCodePoint(code);
    if (!/\p{Nd}/u.test(character)) continue;
    const value = fold(`é${character}`).plain.slice(1);
    expect(value, code.toString(16)).toMatch(/^[0-9]$/);
    const before = String.fromCodePoint(code - 1);
    if (/\p{Nd}/u.test(before))
      expect(Number(value)).toBe((Number(fold(`é${before}`).plain.slice(1)) + 1) % 10);
    else expect(value).toBe('0');
  }
});

it('finds the way back across pairs and what was left out', () => {
  const text = '😀 a\u200bb 𝟕';
  const { plain, original } = fold(text);
  expect(plain).toBe('😀 ab 7');
  expect(original(3, 5)).toEqual({ start: 3, end: 6 });
  expect(original(6, 7)).toEqual({ start: 7, end: 9 });
  expect(original(0, 2)).toEqual({ start: 0, end: 2 });
  expect(original(1, 2)).toEqual({ start: 1, end: 2 });
});
