/** One row of input: its own fields in their order, and the text to work on. */
export interface Row {
  /** Where the row stands in the input, from 1; for messages. */
  line: number;
  names: readonly string[];
  values: readonly unknown[];
  /** Undefined when this row has no text; such a row gets an error and the run goes on. */
  text: string | undefined;
}

/** What a reader needs to know. `text` is decoded and validated already. */
export interface ReadOptions {
  /** The column or field that holds the text. */
  column: string | undefined;
  delimiter: string;
}

/** One input format: decoded text in, rows out, never more than a record in memory. */
export type RowReader = (text: AsyncIterable<string>, options: ReadOptions) => AsyncIterable<Row>;

/** Longest single record in UTF-16 code units: an unclosed quote must not swallow a whole file into memory. */
export const maxRecordLength = 16 * 1024 * 1024;
