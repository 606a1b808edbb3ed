import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import { ParlanceError, type SampleResult, sampleResult } from '#contracts';
import { type Journal, readRows } from '#eval';

/**
 * Results in a JSONL file, one written whole after the other. What a process that was killed left unfinished at its end is cut
 * off, and asked again.
 */
export class FileJournal implements Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Opens the file, or makes it. */
  static async open(path: string): Promise<FileJournal> {
    await cutUnfinished(path);
    return new FileJournal(path, await open(path, 'a'));
  }

  read(): AsyncIterable<SampleResult> {
    return readResults(this.#path);
  }

  add(result: SampleResult): Promise<void> {
    const line = `${JSON.stringify(result)}\n`;
    // After a line that could not be written whole none may follow: only the end of the file is ever cut off.
    const written = this.#last.then(() => this.#file.appendFile(line));
    written.catch(() => {});
    this.#last = written;
    return written;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }
}

/** Reads results again, one by one. Throws `invalid_input` for a file that has something else in it. */
export async function* readResults(path: string): AsyncGenerator<SampleResult> {
  // A line has an answer and what each scorer kept of it, so it is as long as they are.
  for await (const row of readRows('results.jsonl', createReadStream(path), null, Infinity)) {
    const { data } = sampleResult.safeParse(row);
    if (!data)
      throw new ParlanceError('invalid_input', 'The results of this run cannot be read: start it anew.');
    yield data;
  }
}

const chunkBytes = 64 * 1024;

async function cutUnfinished(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size === 0) return;
  const file = await open(path, 'r');
  try {
    for (let end = size; end > 0; ) {
      const from = Math.max(0, end - chunkBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - from), 0, end - from, from);
      const at = buffer.subarray(0, bytesRead).lastIndexOf(0x0a);
      if (at >= 0) return await truncate(path, from + at + 1);
      end = from;
    }
    await truncate(path, 0);
  } finally {
    await file.close();
  }
}
