import { cutLong, type Span, sentencesOf } from '../text/segment.ts';

/** What stands before a sentence and is no part of it: the mark of a list item, a heading or a quotation. */
const mark = /^(?:[-*+•‣–—>]|#{1,6}|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+/iu;

/** Emoji one after the other, with what joins and colours them. */
export const emoji =
  /(?:\p{Extended_Pictographic}|\p{Regional_Indicator})(?:\s*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200d\ufe0e\ufe0f\u20e3\u{e0020}-\u{e007f}]))*/gu;

/** Those at the ends of a sentence, with the blanks beside them. */
const emojiBefore = new RegExp(`^(?:${emoji.source})\\s*`, 'u');
const emojiAfter = new RegExp(`\\s*(?:${emoji.source})$`, 'u');

/**
 * The pieces of a text to translate, one after the other; whatever is between them (line breaks, blanks, marks of lists) stays as it is. A
 * line break ends a piece, and so does the bar of a table; one longer than `maxLength` code units is cut between words. Emoji at its ends
 * are no part of it.
 */
export function piecesOf(text: string, maxLength: number): Span[] {
  const pieces: Span[] = [];
  for (const line of linesOf(text)) {
    let { start } = line;
    const begin = () => text.slice(start, line.end);
    start += begin().length - begin().trimStart().length;
    start += mark.exec(begin())?.[0].length ?? 0;
    for (const sentence of sentencesOf(begin()))
      pieces.push(...cut(text, { start: start + sentence.start, end: start + sentence.end }, maxLength));
  }
  return pieces;
}

function linesOf(text: string): Span[] {
  return [...text.matchAll(/[^\r\n\u2028\u2029|]+/gu)].map(({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
  }));
}

/** As `cutLong`, without the blanks at which it was cut and the emoji at either end. */
const cut = (text: string, sentence: Span, maxLength: number): Span[] =>
  cutLong(text, sentence, maxLength)
    .map(({ start, end }) => {
      const piece = text.slice(start, end);
      const begun = piece.trimStart().replace(emojiBefore, '');
      return { start: end - begun.length, end: end - begun.length + begun.replace(emojiAfter, '').length };
    })
    .filter(({ start, end }) => end > start);

/** The text with something else in place of each piece. */
export function withPieces(text: string, pieces: readonly Span[], by: readonly string[]): string {
  let from = 0;
  let result = '';
  pieces.forEach(({ start, end }, at) => {
    result += text.slice(from, start) + (by[at] ?? '');
    from = end;
  });
  return result + text.slice(from);
}
