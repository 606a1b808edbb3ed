import { extname } from 'node:path';
import { type InputFormat, inputFormat } from '#contracts';
import { readCsv } from './csv.ts';
import { decodeUtf8 } from './decode.ts';
import { readDocument } from './document.ts';
import { readJsonl } from './jsonl.ts';
import type { ReadOptions, Row, RowReader } from './row.ts';
import { readText } from './text.ts';
import { unreadable } from './unreadable.ts';

export const inputFormats = [...inputFormat.options, 'document'] as const;

const readers: Record<(typeof inputFormats)[number], RowReader> = {
  csv: readCsv,
  jsonl: readJsonl,
  text: readText,
  document: readDocument,
};

const extensions: Record<string, InputFormat> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.txt': 'text',
};

/** The rows of a file of UTF-8, as they are read. Throws `invalid_input` where it is something else, with the line. */
export const readRows = (
  bytes: AsyncIterable<Uint8Array>,
  { format, ...options }: ReadOptions & { format: (typeof inputFormats)[number] },
): AsyncIterable<Row> => readers[format](decodeUtf8(bytes), options);

/** By the end of a file's name. Throws `invalid_input` when that says nothing. */
export function formatOf(file: string): InputFormat {
  const format = extensions[extname(file).toLowerCase()];
  if (format) return format;
  const known = Object.keys(extensions).join(', ');
  throw unreadable(
    `Cannot tell the format of ${file} by its name (known: ${known}). Say which it is.`,
    'format',
  );
}

/** What separates the fields: as it was said, else by the end of the file's name. Throws `invalid_input`. */
export function delimiterOf(file: string, said: string | undefined): string {
  if (said === undefined) return extname(file).toLowerCase() === '.tsv' ? '\t' : ',';
  if (said === 'tab' || said === '\\t') return '\t';
  if (said.length === 0 || /["\r\n]/.test(said))
    throw unreadable('The delimiter must be a character other than a quote or a line break.', 'delimiter');
  return said;
}
