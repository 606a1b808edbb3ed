import type { SourceKind } from '#contracts';
import { readDocx } from './docx.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { readPdf } from './pdf.ts';
import type { Reader } from './reader.ts';
import { readText } from './text.ts';

/** Every kind of document, by name: one file and one line here. */
export const readers: Record<SourceKind, Reader> = {
  markdown: readMarkdown,
  html: readHtml,
  text: readText,
  docx: readDocx,
  pdf: readPdf,
};
