import { UsageError } from '../exit.ts';
import { maxRecordLength, type ReadOptions, type Row } from './row.ts';

/** The whole input as one text, line breaks and all. */
export async function* readDocument(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  if (options.column && options.column !== 'text') throw new UsageError('A document has no columns.');
  let whole = '';
  for await (const part of text) {
    whole += part;
    if (whole.length > maxRecordLength) throw new UsageError('The document is too long to be one text.');
  }
  yield { line: 1, names: ['text'], values: [whole], text: whole };
}
