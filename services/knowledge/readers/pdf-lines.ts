import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { type Section, SectionBuilder } from '#nlp';

/** A printed line: its place from the bottom of the page and the height of its letters, in points. */
export interface PdfLine {
  text: string;
  page: number;
  y: number;
  height: number;
}

/** Text runs in the order of the file as lines: a run belongs to the line before while it stands at about its height. */
export function linesOf(items: TextItem[], page: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | undefined;
  for (const { str, transform, height, hasEOL } of items) {
    const y: number = transform[5] ?? 0;
    if (str.trim()) {
      if (open && Math.abs(open.y - y) > Math.max(open.height, height) / 2) open = undefined;
      if (!open) {
        open = { text: '', page, y, height };
        lines.push(open);
      }
      open.text += str;
      open.height = Math.max(open.height, height);
    } else if (open && str) open.text += ' ';
    if (hasEOL) open = undefined;
  }
  return lines;
}

/** Lines as sections: a short line of larger letters is a heading, a gap ends a paragraph, what every page repeats is left out. */
export function sectionsOfLines(all: PdfLine[]): Section[] {
  const lines = withoutRunningHeads(all);
  const body = commonest(lines.map(({ height, text }) => [round(height), text.length]));
  const sizes = [
    ...new Set(lines.filter((line) => isHeading(line, body)).map(({ height }) => round(height))),
  ].sort((a, b) => b - a);
  const builder = new SectionBuilder();
  let paragraph = '';
  let last: PdfLine | undefined;
  const flush = () => {
    builder.block(paragraph);
    paragraph = '';
  };
  for (const line of lines) {
    if (isHeading(line, body)) {
      flush();
      builder.heading(Math.min(6, sizes.indexOf(round(line.height)) + 1), line.text);
    } else {
      if (last && endsParagraph(last, line, paragraph)) flush();
      paragraph = joined(paragraph, line.text.trim());
    }
    last = line;
  }
  flush();
  return builder.finish();
}

const round = (height: number) => Math.round(height * 2) / 2;

const isHeading = ({ text, height }: PdfLine, body: number) =>
  round(height) >= body * 1.15 && text.length <= 120 && /\p{L}{2}/u.test(text);

/** Across pages a paragraph goes on unless its last sentence had ended. */
function endsParagraph(before: PdfLine, line: PdfLine, paragraph: string): boolean {
  if (before.page !== line.page) return /[.!?:]["”»)]?$/.test(paragraph);
  const gap = before.y - line.y;
  return (
    gap < 0 ||
    gap > 1.7 * Math.max(before.height, line.height) ||
    /^([-•–▪]|\d{1,2}[.)])\s/.test(line.text.trim())
  );
}

/** A word divided at the end of a line is one word again. */
function joined(paragraph: string, line: string): string {
  if (!paragraph) return line;
  if (/\p{Ll}[-\u00ad]$/u.test(paragraph) && /^\p{Ll}/u.test(line)) return paragraph.slice(0, -1) + line;
  return `${paragraph} ${line}`;
}

/** First and last lines that stand, but for numbers, on at least half of three or more pages. */
function withoutRunningHeads(lines: PdfLine[]): PdfLine[] {
  const pages = pagesOf(lines);
  if (pages.size < 3) return lines;
  const edges = [...pages.values()].map((page) =>
    [page[0], page.at(-1)].filter((line) => line !== undefined),
  );
  const same = ({ text }: PdfLine) => text.trim().replaceAll(/\d+/g, '#');
  const times = new Map<string, number>();
  for (const page of edges)
    for (const text of new Set(page.map(same))) times.set(text, (times.get(text) ?? 0) + 1);
  const repeated = new Set(edges.flat().filter((line) => (times.get(same(line)) ?? 0) >= pages.size / 2));
  return lines.filter((line) => !repeated.has(line));
}

function pagesOf(lines: PdfLine[]): Map<number, PdfLine[]> {
  const pages = new Map<number, PdfLine[]>();
  for (const line of lines) {
    const page = pages.get(line.page);
    if (page) page.push(line);
    else pages.set(line.page, [line]);
  }
  return pages;
}

/** The value with the greatest sum of weights. */
function commonest(values: [value: number, weight: number][]): number {
  const weights = new Map<number, number>();
  for (const [value, weight] of values) weights.set(value, (weights.get(value) ?? 0) + weight);
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
