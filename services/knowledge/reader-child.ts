import { Worker } from 'node:worker_threads';
import { ParlanceError } from '#contracts';
import type { ReaderReply, ReaderRequest } from './document-reader.ts';
import { readFile } from './read-file.ts';

/** The process in which documents are read. It has no database, no settings and no secret, and nothing it does outlives it. */

/** Bytes of the whole process: the heap's own limit does not count buffers, which is where a bomb unpacks to. */
const maxResidentBytes = 1024 ** 3;

/** Runs beside the reading, which may keep its thread for ever. A parent that is gone can end nobody. */
const watch = `
  const parent = process.ppid;
  setInterval(() => {
    if (process.memoryUsage.rss() > ${maxResidentBytes} || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 50);
`;
new Worker(watch, { eval: true }).unref();

process.on('disconnect', () => process.exit());
process.on('message', async (request: ReaderRequest) => {
  process.send?.(await reply(request));
});

process.send?.('ready');

async function reply({ bytes, name, language }: ReaderRequest): Promise<ReaderReply> {
  try {
    return { document: await readFile(bytes, name, language) };
  } catch (error) {
    if (error instanceof ParlanceError) return { problem: error.message };
    return {
      problem: `The file cannot be read (${error instanceof Error ? error.name : 'error'}). Open it, save it again and upload it.`,
    };
  }
}
