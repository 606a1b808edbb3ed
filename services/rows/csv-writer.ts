import { stringify } from 'csv-stringify/sync';
import { ParlanceError } from '#contracts';
import { JsonText } from './json-text.ts';
import { freeNames, type OutputRow, type RowWriter, type WriterOptions } from './writer.ts';

/** RFC 4180 with `\n` line ends. The first row fixes the columns; lists and objects are written as JSON. */
export class CsvWriter implements RowWriter {
  readonly #delimiter: string;
  #header: readonly string[] | undefined;

  constructor({ delimiter }: Pick<WriterOptions, 'delimiter'>) {
    this.#delimiter = delimiter;
  }

  write(rows: readonly OutputRow[]): string {
    const first = rows[0];
    if (!first) return '';
    const records = rows.map((row) => [...this.#own(row), ...row.added.map(([, value]) => value)].map(cell));
    if (!this.#header) {
      this.#header = first.names;
      const added = first.added.map(([name]) => name);
      records.unshift([...first.names, ...freeNames(first.names, added)]);
    }
    return stringify(records, { delimiter: this.#delimiter });
  }

  end(): string {
    return '';
  }

  /** The row's own values in the order of the header. JSON Lines may change shape on the way; losing a field silently may not happen. */
  #own(row: OutputRow): readonly unknown[] {
    const header = this.#header;
    if (!header || header === row.names) return row.values;
    const extra = row.names.find((name) => !header.includes(name));
    if (extra !== undefined) {
      throw new ParlanceError(
        'unsupported',
        `Line ${row.line} has a field ${JSON.stringify(extra)} that the first row lacks, and CSV has one header. Write JSON Lines instead.`,
      );
    }
    return header.map((name) => row.values[row.names.indexOf(name)]);
  }
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof JsonText) return value.text;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
