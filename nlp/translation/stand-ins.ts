import type { Span } from '../text/segment.ts';
import { withPieces } from './layout.ts';
import type { Protected } from './protected.ts';

/** Makes the stand-in of the nth protected piece: something that the model copies. */
export type StandIns = (place: number) => string;

/** Tried one after the other: models that spoil the first, as a rule, copy the second. */
export const standIns: readonly StandIns[] = [(place) => `X${place + 1}`, (place) => String(71 + place * 3)];

/** The sentence with a stand-in for each protected piece; undefined when it has such words already. */
export function mask(sentence: string, pieces: readonly Protected[], standIn: StandIns): string | undefined {
  const clash = pieces.some((_, place) => find(withoutPieces(sentence, pieces), standIn(place)).length > 0);
  return clash
    ? undefined
    : withPieces(
        sentence,
        pieces,
        pieces.map((_, place) => standIn(place)),
      );
}

/** The translation with what the pieces become; undefined when a stand-in is not there exactly once. */
export function restore(
  translation: string,
  pieces: readonly Protected[],
  standIn: StandIns,
): string | undefined {
  const found = pieces.map((piece, place) => ({ piece, spans: find(translation, standIn(place)) }));
  if (found.some(({ spans }) => spans.length !== 1)) return undefined;
  const places = found
    .map(({ piece, spans }) => ({ ...(spans[0] as Span), becomes: piece.becomes }))
    .sort((a, b) => a.start - b.start);
  return withPieces(
    translation,
    places,
    places.map(({ becomes }) => becomes),
  );
}

const withoutPieces = (text: string, pieces: readonly Span[]) =>
  withPieces(
    text,
    pieces,
    pieces.map(() => ' '),
  );

/** Where a stand-in is a word of its own. */
function find(text: string, standIn: string): Span[] {
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])${standIn}(?![\\p{L}\\p{N}])`, 'gu');
  return [...text.matchAll(whole)].map(({ index }) => ({ start: index, end: index + standIn.length }));
}
