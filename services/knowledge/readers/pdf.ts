import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { linesOf, type PdfLine, sectionsOfLines } from './pdf-lines.ts';
import { maxCharacters, type ReadDocument, type Reader, unreadable, withTitleFromHeading } from './reader.ts';

const maxPages = 2000;

/** The text layer of a PDF, page after page. Headings are told by their size. Scripts in it never run. */
export const readPdf: Reader = async (bytes) => {
  // The legacy build is the one that Node 20 can load; it says so on every start unless told not to.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(assets, 'cmaps/'),
    cMapPacked: true,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    const pdf = await task.promise;
    if (pdf.numPages > maxPages) throw unreadable(`The PDF has more than ${maxPages} pages. Split it.`);
    const lines: PdfLine[] = [];
    let characters = 0;
    for (let number = 1; number <= pdf.numPages && characters <= maxCharacters; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const found = linesOf(
        items.filter((item): item is TextItem => 'str' in item),
        number,
      );
      characters += found.reduce((sum, { text }) => sum + text.length, 0);
      lines.push(...found);
      page.cleanup();
    }
    if (characters === 0)
      throw unreadable(
        'The PDF has no text, only pictures of it: it is probably a scan. Upload a PDF with a text layer.',
      );
    return documentOf(lines, await pdf.getMetadata());
  } catch (cause) {
    throw explained(cause);
  } finally {
    await task.destroy();
  }
};

function documentOf(lines: PdfLine[], { info }: { info: object }): ReadDocument {
  const said = (name: string) => (name in info ? (info as Record<string, unknown>)[name] : undefined);
  const title = said('Title');
  const language = said('Language');
  return withTitleFromHeading({
    title: typeof title === 'string' && title.trim() ? title.trim().slice(0, 300) : null,
    section: null,
    language:
      typeof language === 'string' && /^[a-z]{2}(-|$)/i.test(language)
        ? language.slice(0, 2).toLowerCase()
        : null,
    sections: sectionsOfLines(lines),
  });
}

function explained(cause: unknown): unknown {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'PasswordException')
    return unreadable('The PDF is protected by a password. Remove the password and upload it again.', cause);
  if (/^(InvalidPDF|MissingPDF|Format|UnknownError|ResponseException)/.test(name)) {
    return unreadable('The PDF is damaged. Open it, print it to a new PDF and upload that.', cause);
  }
  return cause;
}
