import { splitLines } from './lines.ts';
import type { ReadOptions, Row } from './row.ts';
import { unreadable } from './unreadable.ts';

const names = ['text'];

/** One text a line; blank lines are left out. */
export async function* readText(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  if (options.column && options.column !== 'text') {
    throw unreadable('Plain text has no columns: name none, or say that it is CSV or JSON Lines.', 'format');
  }
  let line = 0;
  for await (const source of splitLines(text)) {
    line++;
    if (source.trim()) yield { line, names, values: [source], text: source };
  }
}
