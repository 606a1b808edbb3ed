import { wordsOf } from '../text/white-space.ts';

/** How BLEU may cut a text into words: as `mteval-v13a` does, by character, or at white space alone. After sacreBLEU's tokenizers of these names. */
export const tokenizers = {
  '13a': (text: string) => wordsOf(separated(` ${unmarked(text)} `)),
  char: (text: string) => wordsOf(Array.from(text).join(' ')),
  none: wordsOf,
} satisfies Record<string, (text: string) => string[]>;

/** The text without what a test set's markup left in it, on one line. */
function unmarked(text: string): string {
  return text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

/** Sets punctuation apart; a point or comma between digits, and a dash that no digit precedes, stay. */
function separated(text: string): string {
  return text
    .replace(/([{-~[-` -&(-+:-@/])/gu, ' $1 ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ');
}
