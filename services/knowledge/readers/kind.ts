import type { SourceKind } from '#contracts';
import { unreadable } from './reader.ts';

const byExtension: Record<string, SourceKind> = {
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  txt: 'text',
  text: 'text',
  docx: 'docx',
  pdf: 'pdf',
};

/** What the name of a file says it is; undefined when its extension is none of ours. */
export function kindOfName(name: string): SourceKind | undefined {
  return byExtension[/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
}

/** What a file is by its first bytes, whatever it is called; among kinds of text its name decides. Throws `unsupported`. */
export function kindOfContent(bytes: Uint8Array, name: string): SourceKind {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (bytes.length === 0 || !head.trim()) throw unreadable('The file is empty. Upload one with text in it.');
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'docx';
  if (head.startsWith('\xd0\xcf\x11\xe0'))
    throw unreadable('The file is in the format of Word before 2007. Save it as .docx and upload that.');
  if (head.startsWith('{\\rtf'))
    throw unreadable('The file is rich text (RTF). Save it as .docx and upload that.');
  const utf16 = head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff');
  if (head.includes('\0') && !utf16)
    throw unreadable(
      'The file is neither text nor PDF nor a Word document. Upload .md, .html, .txt, .docx or .pdf.',
    );
  const named = kindOfName(name);
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html[\s>])/i.test(head)) return 'html';
  return named === 'markdown' || named === 'html' ? named : 'text';
}
