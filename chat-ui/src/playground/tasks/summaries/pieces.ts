import type { SummarySentence } from '#contracts';

/** A stretch of the text that is in the summary, or is not. */
export interface Piece {
  start: number;
  text: string;
  chosen: boolean;
}

/** Cuts a text at the sentences of its summary, which are in its order, so that joining the pieces gives the text again. */
export function piecesOf(
  text: string,
  sentences: readonly Pick<SummarySentence, 'start' | 'end'>[],
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of sentences) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), chosen: false });
    pieces.push({ start, text: text.slice(start, end), chosen: true });
    at = end;
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), chosen: false });
  return pieces;
}
