import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { UsageError } from '../exit.ts';
import { readCsv } from './csv.ts';
import { decodeUtf8 } from './decode.ts';
import { readDocument } from './document.ts';
import { readJsonl } from './jsonl.ts';
import type { Row, RowReader } from './row.ts';
import { readText } from './text.ts';

export const inputFormats = ['csv', 'jsonl', 'text', 'document'] as const;
export type InputFormat = (typeof inputFormats)[number];

const readers: Record<InputFormat, RowReader> = {
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

export interface InputRequest {
  /** A path, or `-` for standard input. */
  file: string;
  format?: InputFormat;
  column?: string;
  delimiter?: string;
}

export interface Input {
  format: InputFormat;
  delimiter: string;
  /** Size in bytes; undefined for a pipe. */
  size: number | undefined;
  rows: AsyncIterable<Row>;
}

/**
 * Opens a file or standard input as rows. `onBytes` hears the size of each chunk as it is read; the signal ends a read
 * that may never end by itself. Throws `UsageError` when
 * the file is missing, is a folder, or its format cannot be told.
 */
export async function openInput(
  request: InputRequest,
  { onBytes, signal }: { onBytes: (count: number) => void; signal: AbortSignal },
): Promise<Input> {
  const piped = request.file === '-';
  const format = request.format ?? (piped ? pipedFormat(request) : formatOf(request.file));
  const delimiter = delimiterOf(request);
  const size = piped ? undefined : await sizeOf(request.file);
  const stream = addAbortSignal(signal, piped ? process.stdin : createReadStream(request.file));
  const rows = readers[format](decodeUtf8(counted(stream, onBytes)), { column: request.column, delimiter });
  return { format, delimiter, size, rows };
}

/** Naming a column means a table; otherwise a pipe holds one text a line. */
function pipedFormat(request: InputRequest): InputFormat {
  return request.column === undefined ? 'text' : 'csv';
}

function formatOf(file: string): InputFormat {
  const format = extensions[extname(file).toLowerCase()];
  if (format) return format;
  throw new UsageError(
    `Cannot tell the format of ${file} by its name (known: ${Object.keys(extensions).join(', ')}). Say --input-format ${inputFormats.join('|')}.`,
  );
}

function delimiterOf({ delimiter, file }: InputRequest): string {
  if (delimiter === undefined) return extname(file).toLowerCase() === '.tsv' ? '\t' : ',';
  if (delimiter === 'tab' || delimiter === '\\t') return '\t';
  if (delimiter.length === 0 || /["\r\n]/.test(delimiter)) {
    throw new UsageError('The delimiter must be a character other than a quote or a line break.');
  }
  return delimiter;
}

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch(() => null);
  if (!info) throw new UsageError(`There is no file ${file}.`);
  if (info.isDirectory()) throw new UsageError(`${file} is a folder.`);
  return info.size;
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}
