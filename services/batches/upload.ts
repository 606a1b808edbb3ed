import { createHash } from 'node:crypto';
import {
  batchFields,
  batchOptions,
  invalidInput,
  maxBatchBytes,
  ParlanceError,
  type TaskName,
} from '#contracts';
import type { TaskCallRequest } from '#inference';
import type { BlobStore } from '../blobs.ts';
import type { BatchOrder } from '../db/schema/index.ts';
import { findColumn } from '../rows/columns.ts';
import { delimiterOf, formatOf, readRows } from '../rows/formats.ts';
import type { Row } from '../rows/row.ts';
import { unreadable } from '../rows/unreadable.ts';
import { getOwn, putOwn } from './own-blob.ts';

/** A file of a form, with the fields that came before it; those that follow are added as they come. */
export interface BatchForm {
  name: string;
  fields: ReadonlyMap<string, string>;
  content: AsyncIterable<Uint8Array>;
}

/** A job as it was asked for, whose file has been read through once. */
export interface Received {
  task: TaskName;
  model: string | null;
  order: BatchOrder;
  blob: string;
  rowsTotal: number;
}

/** Throws for what no row could be worked on with. */
type CheckOrder = (task: TaskName, asked: Omit<TaskCallRequest, 'input'>) => Promise<void>;

const maxColumns = 1000;

/**
 * Keeps the one file of a form as the blob of `owner` and reads it once, so that what is wrong with it is said at once and
 * not after hours. `check` hears what is asked for before anything is read.
 * @throws ParlanceError `invalid_input` for fields and rows, with the line; `too_large`; `storage_full`; what `check` throws
 */
export async function receive(
  blobs: BlobStore,
  owner: string,
  forms: AsyncIterable<BatchForm>,
  check: CheckOrder,
): Promise<Received> {
  let received: Received | undefined;
  try {
    for await (const form of forms) {
      if (received) throw ParlanceError.field('/file', 'Send one file; each is a job of its own.');
      const before = form.fields.size;
      received = await take(blobs, owner, form, check);
      if (form.fields.size > before) throw ParlanceError.field('/file', 'Send the fields before the file.');
    }
  } catch (error) {
    if (received) await blobs.delete(received.blob);
    throw error;
  }
  if (!received) throw ParlanceError.field('/file', 'Send a file with rows.');
  return received;
}

async function take(
  blobs: BlobStore,
  owner: string,
  { name, fields, content }: BatchForm,
  check: CheckOrder,
): Promise<Received> {
  const parsed = batchFields.safeParse(Object.fromEntries(fields));
  if (!parsed.success) throw invalidInput(parsed.error, 'The form');
  const { task, model, column, carry = null } = parsed.data;
  const options = batchOptions(task, parsed.data.options ?? {});
  await check(task, { model, options });
  const format = parsed.data.format ?? formatOf(name);
  const delimiter = delimiterOf(name, parsed.data.delimiter);
  const hash = createHash('sha256');
  const limit = { maxBytes: maxBatchBytes, name };
  const { id: blob, size } = await putOwn(blobs, owner, hashed(content, hash), limit);
  try {
    const rows = readRows(getOwn(blobs, owner, blob), { format, column, delimiter });
    const seen = await scan(rows);
    refuseUnknown(carry, seen.columns);
    const text =
      seen.columns[findColumn(seen.firstColumns, column, format === 'csv' ? delimiter : undefined)];
    const file = { name, format, bytes: size - owner.length - 1, sha256: hash.digest('hex') };
    return {
      ...{ task, model: model ?? null, blob, rowsTotal: seen.count },
      order: { options, carry, delimiter, file: { ...file, columns: seen.columns, column: text ?? '' } },
    };
  } catch (error) {
    await blobs.delete(blob);
    throw error;
  }
}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: { update(chunk: Uint8Array): unknown }) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Reads every row: how many there are, and every column or field of any of them, those of the first row first. */
async function scan(rows: AsyncIterable<Row>) {
  let count = 0;
  let names: readonly string[] = [];
  let firstColumns: readonly string[] = [];
  const columns: string[] = [];
  const known = new Set<string>();
  for await (const row of rows) {
    if (row.names !== names) {
      names = row.names;
      if (count === 0) firstColumns = names;
      for (const name of names) {
        // A CSV header may have a name twice, and both are columns.
        if (known.has(name) && count > 0) continue;
        known.add(name);
        columns.push(name);
      }
      if (columns.length > maxColumns) throw unreadable(`The rows have more than ${maxColumns} columns.`);
    }
    count++;
  }
  if (count === 0) throw unreadable('The file has no rows.');
  return { count, columns, firstColumns };
}

function refuseUnknown(carry: string[] | null, columns: string[]): void {
  const unknown = carry?.find((name) => !columns.includes(name));
  if (unknown === undefined) return;
  throw ParlanceError.field('/carry', `There is no column ${JSON.stringify(unknown)}.`);
}
