import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { delimiterOf, formatOf, type inputFormats, readRows } from '../../rows/formats.ts';
import type { Row } from '../../rows/row.ts';
import { UsageError } from '../exit.ts';

export type CliInputFormat = (typeof inputFormats)[number];

export interface InputRequest {
  /** A path, or `-` for standard input. */
  file: string;
  format?: CliInputFormat;
  column?: string;
  delimiter?: string;
}

export interface Input {
  format: CliInputFormat;
  delimiter: string;
  /** Size in bytes; undefined for a pipe. */
  size: number | undefined;
  rows: AsyncIterable<Row>;
}

/**
 * Opens a file or standard input as rows. `onBytes` hears the size of each chunk as it is read; the signal ends a read
 * that may never end by itself. Throws `UsageError` when the file is missing or is a folder, `invalid_input` when its
 * format cannot be told.
 */
export async function openInput(
  request: InputRequest,
  { onBytes, signal }: { onBytes: (count: number) => void; signal: AbortSignal },
): Promise<Input> {
  const { file, column } = request;
  const piped = file === '-';
  const format = request.format ?? (piped ? pipedFormat(request) : formatOf(file));
  const delimiter = delimiterOf(file, request.delimiter);
  const size = piped ? undefined : await sizeOf(file);
  const stream = addAbortSignal(signal, piped ? process.stdin : createReadStream(file));
  const rows = readRows(counted(stream, onBytes), { format, column, delimiter });
  return { format, delimiter, size, rows };
}

/** Naming a column means a table; otherwise a pipe holds one text a line. */
function pipedFormat(request: InputRequest): CliInputFormat {
  return request.column === undefined ? 'text' : 'csv';
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
