import { bounded, taken } from '../found.ts';

/** A word, a number or a sign of a text. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** Words keep hyphens and apostrophes inside (O'Brien, Jean-Luc); a possessive or a contraction is a word of its own. */
const piece = bounded(
  String.raw`[\p{L}\p{M}\p{N}]{1,40}(?:['\-](?!(?:s|t|m|d|re|ve|ll)(?![\p{L}\p{M}]))[\p{L}\p{M}]{1,40}){0,3}|'(?:s|t|m|d|re|ve|ll)(?![\p{L}\p{M}])|\uDC00{1,2000}|\S`,
  'i',
);

/** The words of a folded text; # where something else was found already. */
export function wordsIn(plain: string): Word[] {
  return [...plain.matchAll(piece)].map((match) => {
    const start = match.index ?? 0;
    return { text: match[0].startsWith(taken) ? '#' : match[0], start, end: start + match[0].length };
  });
}
