import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ParlanceError } from '#contracts';
import type { KnowledgeDocument } from './read-file.ts';

export interface ReaderRequest {
  bytes: Uint8Array;
  name: string;
  language: string | null;
}
export type ReaderReply = { document: KnowledgeDocument } | { problem: string };

/** Reads files into passages. */
export interface DocumentReader {
  /** Throws `unsupported` with what to do when a file cannot be read, or not within the limits of time and memory. */
  read(request: ReaderRequest): Promise<KnowledgeDocument>;
  /** Ends the process at once; a file being read fails with `cancelled`. */
  close(): void;
}

const defaultTimeoutMs = 30_000;
/** Long enough to keep the process for the next file of a folder. */
const idleMs = 10_000;
const maxHeapMegabytes = 512;

/**
 * Files are hostile until they are read: each is read in a process apart, with a limit of time and of memory, one at a
 * time. A process that failed in any way is not used again.
 */
export function createDocumentReader({ timeoutMs = defaultTimeoutMs } = {}): DocumentReader {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const end = () => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = undefined;
  };

  async function readNext(request: ReaderRequest): Promise<KnowledgeDocument> {
    clearTimeout(idle);
    child ??= start();
    try {
      const reply = await ask(child, request, timeoutMs);
      if ('problem' in reply) throw unusable(reply.problem);
      idle = setTimeout(end, idleMs).unref();
      return reply.document;
    } catch (error) {
      end();
      throw error;
    }
  }

  return {
    read(request) {
      const reading = queue.then(() => readNext(request));
      queue = reading.catch(() => {});
      return reading;
    },
    close: end,
  };
}

/** The script beside this file, with the extension this file runs with. */
function start(): ChildProcess {
  const typescript = import.meta.url.endsWith('.ts');
  const script = fileURLToPath(new URL(`./reader-child.${typescript ? 'ts' : 'js'}`, import.meta.url));
  const child = fork(script, [], {
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${maxHeapMegabytes}`,
      ...(typescript ? ['--import', import.meta.resolve('tsx')] : []),
    ],
    env: {},
    // What a library prints about a file is nobody's business.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Between two files nobody listens, and an error that nobody hears would end this process.
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(child: ChildProcess, request: ReaderRequest, timeoutMs: number): Promise<ReaderReply> {
  return new Promise((resolve, reject) => {
    const settled = (outcome: () => void) => {
      clearTimeout(timer);
      child.off('message', answered).off('error', failed).off('exit', ended);
      outcome();
    };
    const answered = (reply: ReaderReply) => settled(() => resolve(reply));
    const failed = (cause: Error | null) => {
      if (cause) settled(() => reject(new ParlanceError('internal', 'The file reader failed.', { cause })));
    };
    const ended = () => settled(() => reject(excessive('more memory than a document may')));
    const timer = setTimeout(
      () => settled(() => reject(excessive(`longer than ${timeoutMs / 1000} seconds`))),
      timeoutMs,
    );
    child.on('message', answered).on('error', failed).on('exit', ended);
    child.send(request, failed);
  });
}

const excessive = (what: string) =>
  unusable(`Reading the file took ${what}. Split it or save it as a plainer file.`);

const unusable = (problem: string) => new ParlanceError('unsupported', problem);
