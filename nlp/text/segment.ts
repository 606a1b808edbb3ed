/** A piece of a text. Offsets are UTF-16 code units: `text.slice(start, end)` is the piece. */
export interface Span {
  start: number;
  end: number;
}

const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Abbreviations after which a full stop does not end a sentence; ICU's rules alone break after them. */
const abbreviation = /\b(?:mr|mrs|ms|dr|prof|st|no|vs|etc|e\.g|i\.e|approx|inc|ltd|dept)\.\s*$/i;

/** Sentences by Unicode UAX #29 with common abbreviations mended, without surrounding space. Blank ones are left out. */
export function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let open: number | undefined;
  for (const { segment, index } of sentenceSegmenter.segment(text)) {
    open ??= index;
    if (abbreviation.test(segment)) continue;
    pushTrimmed(spans, text, open, index + segment.length);
    open = undefined;
  }
  if (open !== undefined) pushTrimmed(spans, text, open, text.length);
  return spans;
}

/** Words by Unicode UAX #29; emoji count as words, since they carry meaning. */
export function wordsOf(text: string): Span[] {
  const spans: Span[] = [];
  for (const { segment, index, isWordLike } of wordSegmenter.segment(text)) {
    if (isWordLike || /\p{Extended_Pictographic}/u.test(segment))
      spans.push({ start: index, end: index + segment.length });
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

function cutLong(text: string, span: Span, maxLength: number): Span[] {
  const pieces: Span[] = [];
  let { start } = span;
  while (span.end - start > maxLength) {
    const space = text.lastIndexOf(' ', start + maxLength);
    let end = space > start ? space : start + maxLength;
    // Never between the halves of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end--;
    pieces.push({ start, end });
    start = end;
  }
  pieces.push({ start, end: span.end });
  return pieces;
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  const piece = text.slice(from, to);
  const start = from + (piece.length - piece.trimStart().length);
  const end = from + piece.trimEnd().length;
  if (end > start) spans.push({ start, end });
}
