import type { GlossaryEntry } from '#contracts';
import type { Span } from '../text/segment.ts';
import { emoji } from './layout.ts';

/** A piece of a sentence that a model must not touch, and what stands for it in the translation. */
export interface Protected extends Span {
  becomes: string;
}

/** What is the same in every language: addresses, names in braces, codes, and sums of money with their signs. */
const kept = [
  /\b(?:https?:\/\/|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]}]/giu,
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
  /\{\{[^{}]{1,60}\}\}|\$?\{[^{}]{1,60}\}|%(?:\d+\$)?[sd]|<[^<>\s]{1,60}>/gu,
  // Handles and hashtags, paths, names in code, and what is between backticks.
  /(?<!\S)[@#][\p{L}\p{N}_]+|`[^`]{1,200}`|(?<!\S)(?:~?\/|[\p{L}\p{N}.:/-]*[\\_=@])[\p{L}\p{N}.:\\/_=@-]*[\p{L}\p{N}]/gu,
  // What is longer than any word, where words have blanks between them: a model would write for half a minute.
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]{100,}/gu,
  // Emoji, which small models have no token for.
  emoji,
  // Signs that stand alone, which small models leave out.
  /(?<!\S)[=+<>]{1,3}(?!\S)/gu,
  // Order numbers, models, versions: letters and digits in one word.
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}_/.-]*\d)(?=[\p{L}\p{N}_/.-]*\p{L})[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu,
  /\p{Sc}\s?\d[\d.,]*\d|\p{Sc}\s?\d|\d(?:[\d.,]*\d)?\s?[\p{Sc}%]/gu,
  // Telephone numbers, accounts, dates in digits: long numbers, and digits with signs between them.
  /(?<![\p{L}\p{N}])\+?\d(?:[\d\s().,:/-]*\d)?(?![\p{L}\p{N}])/gu,
] as const;
const shortNumber = /^\d{1,4}$/;

/**
 * The pieces of a sentence to be kept as they are or to be put as the glossary says, in their order and without overlaps: the glossary
 * goes first, and a longer piece before a shorter one. Small whole numbers are no such pieces unless `numbers` says so: a
 * model needs them for its grammar, and mostly gets them right.
 */
export function protectedIn(
  sentence: string,
  glossary: readonly GlossaryEntry[],
  numbers = false,
): Protected[] {
  const terms = glossary.flatMap(({ source, target }) =>
    matches(sentence, termPattern(source)).map((span) => ({ ...span, becomes: target })),
  );
  const others = kept
    .flatMap((pattern) => matches(sentence, pattern))
    .map((span) => ({ ...span, becomes: sentence.slice(span.start, span.end) }))
    .filter(({ becomes }) => numbers || !shortNumber.test(becomes));
  const longestFirst = (a: Span, b: Span) => b.end - b.start - (a.end - a.start) || a.start - b.start;
  const chosen: Protected[] = [];
  for (const each of [...terms.sort(longestFirst), ...others.sort(longestFirst)])
    if (chosen.every(({ start, end }) => each.end <= start || each.start >= end)) chosen.push(each);
  return chosen.sort((a, b) => a.start - b.start);
}

function matches(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Whole words, in any case, with any white space between them. */
function termPattern(term: string): RegExp {
  const words = term
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu');
}

/** The numbers of a text as their digits, in ascending order: what a translation has to have as well. */
export const numbersOf = (text: string): string =>
  (text.match(/\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?/gu) ?? [])
    .map((number) => number.replace(/\D/gu, ''))
    .sort()
    .join(' ');
