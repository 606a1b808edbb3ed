import { createWriteStream, realpathSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { ParlanceError } from '#contracts';
import { UsageError } from '../exit.ts';

/** Where the output goes. `write` resolves when the text is handed over, so a slow reader slows the whole run. */
export interface Sink {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Standard output, or a file that is created by the first write: a run that fails at once leaves an old file alone. */
export function openSink(file: string | undefined): Sink {
  let stream: Writable | undefined;
  const open = () => {
    stream = file === undefined ? process.stdout : createWriteStream(file);
    // Every failure also reaches the callback of the write it met; unheard, the event would end the process.
    stream.on('error', () => {});
    return stream;
  };
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        (stream ?? open()).write(text, (error) => (error ? reject(explain(error)) : resolve()));
      }),
    close: () =>
      new Promise((resolve) => {
        if (stream && file !== undefined) stream.end(resolve);
        else resolve();
      }),
  };
}

/** Throws `UsageError` when the output would overwrite the input while it is being read. */
export function refuseSameFile(input: string, output: string | undefined): void {
  if (output === undefined || input === '-') return;
  if (realPath(input) === realPath(output)) {
    throw new UsageError(`${output} is the input itself. Give --out another name.`);
  }
}

function realPath(file: string): string | symbol {
  try {
    return realpathSync(file);
  } catch {
    return Symbol('no such file');
  }
}

function explain(error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOSPC')
    return new ParlanceError('storage_full', 'The disk is full.', { cause: error });
  if (error.code === 'EPIPE') {
    return new ParlanceError('cancelled', 'Whatever read the output has stopped reading.', { cause: error });
  }
  return new UsageError(`The output cannot be written: ${error.message}`);
}
