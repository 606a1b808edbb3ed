import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { findColumn } from './columns.ts';
import { maxRecordLength, type ReadOptions, type Row } from './row.ts';
import { unreadable } from './unreadable.ts';

/** RFC 4180 with a header line: quoted delimiters, quotes and line breaks; empty lines are left out. */
export async function* readCsv(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: options.delimiter,
    // Left to itself the parser takes the first line's ending for all of them; files with mixed ones are common.
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    max_record_size: maxRecordLength,
  });
  // A failure of the source reaches the loop below through the parser, which pipeline destroys with it.
  pipeline(Readable.from(text), parser, () => {});
  let names: string[] | undefined;
  let column = -1;
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (!names) {
        names = record;
        column = findColumn(names, options.column, options.delimiter);
      } else {
        line++;
        yield { line, names, values: record, text: record[column] };
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(explain(error, names));
    throw error;
  }
}

function explain(error: CsvError, names: readonly string[] | undefined): string {
  const line = `Line ${error.lines}`;
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      // The parser is ahead of who reads, who may not have seen the header yet.
      return `${line} does not have ${names ? `the ${names.length}` : 'as many'} fields ${names ? 'of' : 'as'} the header. A field with the delimiter in it must be quoted.`;
    case 'CSV_QUOTE_NOT_CLOSED':
      return `A quote that opens on or before line ${error.lines} is never closed.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `${line} belongs to a record longer than 16 MB: a quote is probably not closed.`;
    default:
      return `${line} is not valid CSV: ${error.message}`;
  }
}
