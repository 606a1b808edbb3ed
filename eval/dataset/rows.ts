import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { ParlanceError } from '#contracts';

const row = z.record(z.string(), z.json());
export type Row = z.infer<typeof row>;

/** Longest line, in characters: beyond it something is not a dataset. */
const maxLine = 16 * 1024 * 1024;

/**
 * The rows of a JSONL or CSV file as they are read, told apart by the file's name. After the last one the SHA-256 of all bytes
 * is compared with the pinned one. Throws `invalid_input` for a line that is no row, and `conflict` when the file is another one.
 */
export async function* readRows(
  name: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sha256: string | null,
  longest = maxLine,
): AsyncGenerator<Row> {
  const hash = createHash('sha256');
  const text = decoded(name, hashed(bytes, hash));
  yield* name.toLowerCase().endsWith('.csv') ? readCsv(name, text) : readJsonl(name, text, longest);
  const found = hash.digest('hex');
  if (sha256 !== null && found !== sha256)
    throw new ParlanceError(
      'conflict',
      `${name} is not the file that the suite was written for: its SHA-256 is ${found}. Restore it, or set the new hash and raise the version.`,
    );
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* decoded(name: string, bytes: AsyncIterable<Uint8Array>) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ParlanceError('invalid_input', `${name} is not UTF-8: save it as UTF-8.`, { cause });
  }
}

async function* readJsonl(name: string, text: AsyncIterable<string>, longest: number): AsyncGenerator<Row> {
  let line = 0;
  let rest = '';
  for await (const chunk of text) {
    // What came before has no end of a line: looking again with every chunk would take the square of a long line.
    const [first = '', ...others] = chunk.split('\n');
    const lines = [rest + first, ...others];
    rest = lines.pop() ?? '';
    for (const each of lines) {
      line++;
      if (each.trim()) yield readLine(name, line, each);
    }
    if (rest.length > longest)
      throw new ParlanceError('too_large', `Line ${line + 1} of ${name} is above 16 MB.`);
  }
  if (rest.trim()) yield readLine(name, line + 1, rest);
}

function readLine(name: string, line: number, text: string): Row {
  try {
    return row.parse(JSON.parse(text));
  } catch (cause) {
    throw new ParlanceError('invalid_input', `Line ${line} of ${name} is not a JSON object.`, { cause });
  }
}

async function* readCsv(name: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  const parser = Readable.from(text).pipe(
    parse({ columns: true, skip_empty_lines: true, max_record_size: maxLine }),
  );
  try {
    for await (const each of parser) yield each as Row;
  } catch (cause) {
    if (cause instanceof ParlanceError) throw cause;
    throw new ParlanceError('invalid_input', `${name} is not CSV: ${(cause as Error).message}`, { cause });
  }
}
