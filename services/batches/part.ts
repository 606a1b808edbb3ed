import type { TaskItem, TaskName } from '#contracts';
import type { BlobStore } from '../blobs.ts';
import { decodeUtf8 } from '../rows/decode.ts';
import { splitLines } from '../rows/lines.ts';
import type { ScoredRow } from '../rows/score.ts';
import type { PartRow } from './batch-rows.ts';
import { getOwn, putOwn } from './own-blob.ts';

/** What became of a row; of one that failed also how its text begins. */
export type Outcome = TaskItem<unknown> & { text?: string | null };

const maxExcerpt = 200;

/** Outcomes of rows that follow one another, as they are gathered: one JSON document a line. */
export class Part {
  readonly firstRow: number;
  rows = 0;
  failed = 0;
  /** Characters. */
  size = 0;
  readonly #lines: string[] = [];

  constructor(firstRow: number) {
    this.firstRow = firstRow;
  }

  add({ row, item }: ScoredRow<TaskName>): void {
    const failed = 'error' in item;
    const outcome: Outcome = failed ? { ...item, text: row.text?.slice(0, maxExcerpt) ?? null } : item;
    const line = JSON.stringify(outcome);
    this.#lines.push(line);
    this.size += line.length;
    this.rows++;
    if (failed) this.failed++;
  }

  /** Writes it to the disk; nothing refers to it yet. Throws `storage_full`. */
  async keep(blobs: BlobStore, job: string): Promise<PartRow> {
    const { firstRow, rows, failed } = this;
    const { id: blob } = await putOwn(
      blobs,
      owner(job, firstRow),
      Buffer.from(`${this.#lines.join('\n')}\n`),
    );
    return { firstRow, rows, failed, blob };
  }
}

/** The outcomes of a part, in the order of the rows. Throws `not_found` when the job was deleted meanwhile. */
export async function* readPart(
  blobs: BlobStore,
  job: string,
  { firstRow, blob }: PartRow,
): AsyncGenerator<Outcome> {
  for await (const line of splitLines(decodeUtf8(getOwn(blobs, owner(job, firstRow), blob))))
    yield JSON.parse(line);
}

const owner = (job: string, firstRow: number) => `${job} ${firstRow}`;
