import { type Span, sentencesOf, windowsOf } from '../text/segment.ts';

/** Longest unit in UTF-16 code units: what has no full stop is cut between words, so that a summary of it is shorter. */
const maxLength = 600;

const terminal = /[.!?…:;。！？؟۔।]["'”’»)\]]*$/u;
const listMark = /^(?:[-*+•·–>]|#{1,6}|\d{1,3}[.)])\s+/u;
const saysSomething = /[\p{L}\p{N}]/u;

/**
 * The pieces of a text that a summary is made of: its sentences, with lines that were only wrapped joined again, marks of
 * lists and headings left out, and very long ones cut. Pieces without a letter or digit are left out where there are others.
 */
export function unitsOf(text: string): Span[] {
  const units = unwrapped(text, sentencesOf(text))
    .map((span) => unmarked(text, span))
    .flatMap((span) => cut(text, span));
  const telling = units.filter(({ start, end }) => saysSomething.test(text.slice(start, end)));
  return telling.length > 0 ? telling : units;
}

/** Unicode ends a sentence at each line break. A line that goes on in lower case was only wrapped. */
function unwrapped(text: string, spans: Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    const wrapped =
      last &&
      span.end - last.start <= maxLength &&
      /^[^\S\n]*\r?\n[^\S\n]*$/.test(text.slice(last.end, span.start)) &&
      !terminal.test(text.slice(last.start, last.end)) &&
      /^\p{Ll}/u.test(text.slice(span.start, span.end));
    if (wrapped) last.end = span.end;
    else joined.push({ ...span });
  }
  return joined;
}

function unmarked(text: string, { start, end }: Span): Span {
  const mark = listMark.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: start + mark, end };
}

function cut(text: string, { start, end }: Span): Span[] {
  if (end - start <= maxLength) return [{ start, end }];
  return windowsOf(text.slice(start, end), maxLength).flatMap((window) => trimmed(text, start, window));
}

function trimmed(text: string, from: number, window: Span): Span[] {
  const piece = text.slice(from + window.start, from + window.end);
  const start = from + window.start + piece.length - piece.trimStart().length;
  const end = from + window.start + piece.trimEnd().length;
  return end > start ? [{ start, end }] : [];
}
