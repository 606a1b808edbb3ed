import { CsvWriter } from './csv-writer.ts';
import { JsonLinesWriter, JsonWriter } from './json-writer.ts';
import { TableWriter } from './table-writer.ts';

import type { RowWriter, WriterOptions } from './writer.ts';

export const outputFormats = ['csv', 'jsonl', 'json', 'table'] as const;
export type OutputFormat = (typeof outputFormats)[number];

const writers: Record<OutputFormat, (options: WriterOptions) => RowWriter> = {
  csv: (options) => new CsvWriter(options),
  jsonl: () => new JsonLinesWriter(),
  json: () => new JsonWriter(),
  table: (options) => new TableWriter(options),
};

export const newWriter = (format: OutputFormat, options: WriterOptions): RowWriter =>
  writers[format](options);
