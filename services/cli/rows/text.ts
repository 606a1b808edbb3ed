import { UsageError } from '../exit.ts';
import { splitLines } from './lines.ts';
import type { ReadOptions, Row } from './row.ts';

const names = ['text'];

/** One text a line; blank lines are left out. */
export async function* readText(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  if (options.column && options.column !== 'text') {
    throw new UsageError('Plain text has no columns. For a table say --input-format csv or jsonl.');
  }
  let line = 0;
  for await (const source of splitLines(text)) {
    line++;
    if (source.trim()) yield { line, names, values: [source], text: source };
  }
}
