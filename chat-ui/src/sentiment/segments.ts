import type { SentimentSpan } from '#contracts';

/** A stretch of the text, with the span that covers it if one does. */
export interface Segment {
  start: number;
  text: string;
  span?: SentimentSpan;
}

/** Cuts a text at its spans so that joining the segments gives the text again. Of overlapping spans the earlier stays. */
export function segmentsOf(text: string, spans: SentimentSpan[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end <= span.start || span.end > text.length) continue;
    if (span.start > at) segments.push({ start: at, text: text.slice(at, span.start) });
    segments.push({ start: span.start, text: text.slice(span.start, span.end), span });
    at = span.end;
  }
  if (at < text.length) segments.push({ start: at, text: text.slice(at) });
  return segments;
}
