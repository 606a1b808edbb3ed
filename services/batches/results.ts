import {
  type BatchErrorList,
  type ItemError,
  jsonPointer,
  ParlanceError,
  type ResultFormat,
} from '#contracts';
import type { BlobStore } from '../blobs.ts';
import { outputRow } from '../rows/added-fields.ts';
import { newWriter } from '../rows/output.ts';
import type { Row } from '../rows/row.ts';
import type { OutputRow } from '../rows/writer.ts';
import type { BatchRow, PartRow } from './batch-rows.ts';
import { rowsOf } from './carry-out.ts';
import { type Outcome, readPart } from './part.ts';

/** A file that is written while it is read. */
export interface ResultFile {
  name: string;
  format: ResultFormat;
  text: AsyncIterable<string>;
}

const rowsAtOnce = 64;

/**
 * The rows of a job that are done, in their order, each with what it came with and its outcome.
 * @throws ParlanceError `unsupported` where the columns cannot be written so
 */
export function resultFile(
  blobs: BlobStore,
  job: BatchRow,
  parts: PartRow[],
  asked: ResultFormat | undefined,
): ResultFile {
  const { file, carry, delimiter } = job.order;
  const format = asked ?? (file.format === 'jsonl' ? 'jsonl' : 'csv');
  const repeated = carry ?? file.columns;
  if (format === 'jsonl' && new Set(repeated).size < repeated.length)
    throw new ParlanceError(
      'unsupported',
      'The results repeat a column twice, and a JSON object holds a name once. Ask for CSV.',
    );
  const columns = carry ?? (format === 'csv' && file.format === 'jsonl' ? file.columns : null);
  const writer = newWriter(format, { delimiter: file.format === 'csv' ? delimiter : ',', width: 0 });
  const name = `${file.name.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.${job.task}.${format}`;
  return { name, format, text: written() };

  async function* written(): AsyncGenerator<string> {
    for await (const rows of joined(blobs, job, parts, columns)) yield writer.write(rows);
  }
}

/** Rows of the file beside their outcomes, some at a time. */
async function* joined(
  blobs: BlobStore,
  job: BatchRow,
  parts: PartRow[],
  columns: readonly string[] | null,
): AsyncGenerator<OutputRow[]> {
  const rows = rowsOf(blobs, job)[Symbol.asyncIterator]();
  try {
    for (const part of parts) {
      let some: OutputRow[] = [];
      for await (const item of readPart(blobs, job.id, part)) {
        const { value: row, done } = await rows.next();
        if (done) return;
        some.push(
          outputRow(
            job.task,
            { row: columns ? only(row, columns) : row, item: item as never },
            job.order.options as never,
          ),
        );
        if (some.length < rowsAtOnce) continue;
        yield some;
        some = [];
      }
      if (some.length > 0) yield some;
    }
  } finally {
    await rows.return?.();
  }
}

const only = (row: Row, columns: readonly string[]): Row => ({
  ...row,
  names: columns,
  values: columns.map((name) => row.values[row.names.indexOf(name)]),
});

/** An error of a text of a call as that of its row: which of the texts it was is nobody's business. */
const inRow = ({ errors, ...error }: ItemError, column: string): ItemError => ({
  ...error,
  ...(errors && {
    errors: errors.map((each) =>
      /^\/input\/\d+$/.test(each.pointer) ? { ...each, pointer: jsonPointer([column]) } : each,
    ),
  }),
});

/** The rows that failed, from row `first` on, at most `limit` of them. `parts` are those that have any. */
export async function failedRows(
  blobs: BlobStore,
  { id, order }: BatchRow,
  parts: PartRow[],
  first: number,
  limit: number,
): Promise<BatchErrorList> {
  const errors: BatchErrorList['errors'] = [];
  for (const part of parts) {
    let row = part.firstRow;
    for await (const outcome of readPart(blobs, id, part) as AsyncIterable<Outcome>) {
      row++;
      if (!('error' in outcome) || row <= first) continue;
      if (errors.length === limit) return { errors, next: String(errors.at(-1)?.row ?? 0) };
      errors.push({ row, text: outcome.text ?? null, error: inRow(outcome.error, order.file.column) });
    }
  }
  return { errors, next: null };
}
