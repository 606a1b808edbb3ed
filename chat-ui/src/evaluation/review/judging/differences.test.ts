import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, type Part } from './differences.ts';

const textOf = (parts: Part[]) => parts.map(({ text }) => text).join('');
const ownOf = (parts: Part[]) => parts.filter(({ own }) => own).map(({ text }) => text);
const sharedOf = (parts: Part[]) =>
  parts
    .filter(({ own }) => !own)
    .map(({ text }) => text)
    .join('');
const text = fc.array(fc.constantFrom('a ', 'b ', 'c ', 'd', '. ')).map((words) => words.join(''));

describe('differences', () => {
  it('are the words that the other has not', () => {
    const [first, second] = differences('Your bill is late.', 'Your new bill is very late.') ?? [];
    expect(ownOf(first ?? [])).toEqual([]);
    expect(ownOf(second ?? []).map((own) => own.trim())).toEqual(['new', 'very']);
  });

  it('leave both texts as they are, share the same, and name nothing in equal texts', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [first = [], second = []] = differences(one, other) ?? [];
        expect(textOf(first)).toBe(one);
        expect(textOf(second)).toBe(other);
        expect(sharedOf(first)).toBe(sharedOf(second));
        expect(ownOf((differences(one, one) ?? [[], []])[0])).toEqual([]);
      }),
    );
  });

  it('share as much as can be', () => {
    const [first = []] = differences('a b c d e', 'x b y d z') ?? [];
    expect(sharedOf(first)).toBe(' b  d ');
  });

  it('are not looked for where that would take too long', () => {
    const long = (word: string) => Array.from({ length: 3000 }, (_, at) => `${word}${at}`).join(' ');
    expect(differences(long('a'), long('b'))).toBeNull();
    expect(differences(long('a'), `${long('a')} and more`)).not.toBeNull();
  });
});
