import { maxRecordLength, type ReadOptions, type Row } from './row.ts';
import { unreadable } from './unreadable.ts';

/** The whole input as one text, line breaks and all. */
export async function* readDocument(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  if (options.column && options.column !== 'text') throw unreadable('A document has no columns.', 'column');
  let whole = '';
  for await (const part of text) {
    whole += part;
    if (whole.length > maxRecordLength) throw unreadable('The document is too long to be one text.');
  }
  yield { line: 1, names: ['text'], values: [whole], text: whole };
}
