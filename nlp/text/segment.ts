/** A piece of a text. Offsets are UTF-16 code units: `text.slice(start, end)` is the piece. */
export interface Span {
  start: number;
  end: number;
}

const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Characters given to a segmenter at once: its time grows with the square of the length. */
const sliceLength = 2_000;

/** Abbreviations whose full stop never ends a sentence here; ICU's rules alone break after them. */
const title = /\b(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|approx|dept)\.\s*$/i;
/** Abbreviations whose full stop ends a sentence unless the text goes on in lower case. */
const suffix = /\b(?:etc|inc|ltd|co)\.\s*$/i;
/** "No. 7" is a number, "No. It broke." is not. */
const number = /\bno\.\s*$/i;
/** A word that is a web address, perhaps in brackets or quotation marks. */
const address = /^[^\p{L}\p{N}]*(?:https?:\/\/|www\.)/iu;
/** Code units of an address that are looked at: what is longer may be cut. */
const maxAddress = 2_000;

/** Sentences by Unicode UAX #29 with common abbreviations mended, without surrounding space. Blank ones are left out. */
export function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let open: number | undefined;
  for (const { start, end } of segments(sentenceSegmenter, text)) {
    open ??= start;
    const next = text.slice(end, end + 1);
    if (next !== '' && (goesOn(text.slice(start, end), next) || withinAddress(text, open, end))) continue;
    pushTrimmed(spans, text, open, end);
    open = undefined;
  }
  if (open !== undefined) pushTrimmed(spans, text, open, text.length);
  return spans;
}

/** The first `limit` words by Unicode UAX #29; emoji count as words, since they carry meaning. */
export function wordsOf(text: string, limit = Number.POSITIVE_INFINITY): Span[] {
  const spans: Span[] = [];
  for (const { start, end, isWordLike } of segments(wordSegmenter, text)) {
    if (spans.length === limit) break;
    if (isWordLike || /\p{Extended_Pictographic}/u.test(text.slice(start, end))) spans.push({ start, end });
  }
  return spans;
}

/** Pieces of at most `maxLength` code units that together hold every sentence; a longer sentence is cut between words. */
export function windowsOf(text: string, maxLength: number): Span[] {
  const windows: Span[] = [];
  for (const sentence of sentencesOf(text).flatMap((span) => cutLong(text, span, maxLength))) {
    const last = windows.at(-1);
    if (last && sentence.end - last.start <= maxLength) last.end = sentence.end;
    else windows.push({ ...sentence });
  }
  return windows;
}

/**
 * The segments of a text, found slice by slice. The last segment of a slice may go on in the next, so the next slice
 * starts with it; one that fills its whole slice is cut where the slice ends.
 */
function* segments(segmenter: Intl.Segmenter, text: string): Generator<Span & { isWordLike?: boolean }> {
  let from = 0;
  while (from < text.length) {
    const to = sliceEnd(text, from);
    const found = [...segmenter.segment(text.slice(from, to))];
    const whole = to === text.length || found.length === 1 ? found : found.slice(0, -1);
    for (const { segment, index, isWordLike } of whole) {
      yield { start: from + index, end: from + index + segment.length, isWordLike };
    }
    from = whole.length === found.length ? to : from + (found.at(-1)?.index ?? 0);
  }
}

/** After a blank where there is one, and never between the halves of a surrogate pair. */
function sliceEnd(text: string, from: number): number {
  const limit = from + sliceLength;
  if (limit >= text.length) return text.length;
  const blank = Math.max(text.lastIndexOf(' ', limit - 1), text.lastIndexOf('\n', limit - 1));
  return blank > from ? blank + 1 : beforeLowSurrogate(text, limit);
}

function goesOn(sentence: string, next: string): boolean {
  return (
    title.test(sentence) ||
    (suffix.test(sentence) && /\p{Ll}/u.test(next)) ||
    (number.test(sentence) && /\d/.test(next))
  );
}

/** Whether an address goes on here: the rules of Unicode end a sentence at the question mark before a query. */
function withinAddress(text: string, open: number, at: number): boolean {
  const word =
    text
      .slice(Math.max(open, at - maxAddress), at)
      .split(/\s/u)
      .at(-1) ?? '';
  return address.test(word) && /\S/u.test(text.slice(at, at + 1));
}

/** A span in pieces of at most `maxLength` code units, cut before a blank where there is one and never within a surrogate pair. */
export function cutLong(text: string, span: Span, maxLength: number): Span[] {
  const pieces: Span[] = [];
  let { start } = span;
  while (span.end - start > maxLength) {
    const space = text.lastIndexOf(' ', start + maxLength);
    const end = space > start ? space : beforeLowSurrogate(text, start + maxLength);
    pieces.push({ start, end });
    start = end;
  }
  pieces.push({ start, end: span.end });
  return pieces;
}

const beforeLowSurrogate = (text: string, at: number) =>
  /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') ? at - 1 : at;

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  const piece = text.slice(from, to);
  const start = from + (piece.length - piece.trimStart().length);
  const end = from + piece.trimEnd().length;
  if (end > start) spans.push({ start, end });
}
