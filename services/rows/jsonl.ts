import { findColumn } from './columns.ts';
import { fieldsOf } from './json-text.ts';
import { splitLines } from './lines.ts';
import type { ReadOptions, Row } from './row.ts';
import { unreadable } from './unreadable.ts';

/** One JSON object a line. The first one must have the field; a later one without it is a row without text. */
export async function* readJsonl(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  let field: string | undefined;
  let line = 0;
  for await (const source of splitLines(text)) {
    line++;
    if (!source.trim()) continue;
    refuseOther(source, line);
    const record = fieldsOf(source);
    const names = [...record.keys()];
    field ??= names[findColumn(names, options.column)] as string;
    const value = record.get(field);
    yield { line, names, values: [...record.values()], text: typeof value === 'string' ? value : undefined };
  }
}

/** Throws `invalid_input` for a line that is anything but a JSON object. */
function refuseOther(source: string, line: number): void {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw unreadable(`Line ${line} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable(`Line ${line} is not a JSON object. JSON Lines holds one object a line.`);
  }
}
