import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
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

const defaultTimeoutMs = 60_000;
/** Loading the readers takes a fraction of a second; a machine short of everything may need many. */
const startTimeoutMs = 120_000;
/** Long enough to keep the process for the next file of a folder. */
const idleMs = 10_000;
const maxHeapMegabytes = 512;

/**
 * Files are hostile until they are read: each is read in a process apart, with a limit of time and of memory, one at a
 * time. A process that went beyond a limit is not used again.
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

  async function started(): Promise<ChildProcess> {
    if (child) return child;
    const next = fork(...script());
    child = next;
    // Between two files nobody else listens, and an error that nobody hears would end this process.
    next.on('error', () => {});
    next.once('exit', () => {
      if (child === next) child = undefined;
    });
    await within(startTimeoutMs, next, (heard) => next.once('message', heard));
    next.unref();
    next.channel?.unref();
    return next;
  }

  async function readNext(request: ReaderRequest): Promise<ReaderReply> {
    clearTimeout(idle);
    try {
      const reading = await started();
      const reply = await within<ReaderReply>(timeoutMs, reading, (heard) => {
        reading.once('message', heard);
        reading.send(request, () => {});
      });
      idle = setTimeout(end, idleMs).unref();
      return reply;
    } catch (error) {
      end();
      throw error;
    }
  }

  return {
    async read(request) {
      const reading = queue.then(() => readNext(request));
      queue = reading.catch(() => {});
      const reply = await reading;
      if ('problem' in reply) throw unusable(reply.problem);
      return reply.document;
    },
    close: end,
  };
}

/** The script beside this file, with the extension this file runs with. */
function script(): Parameters<typeof fork> {
  const typescript = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(`./reader-child.${typescript ? 'ts' : 'js'}`, import.meta.url));
  const options: ForkOptions = {
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${maxHeapMegabytes}`,
      ...(typescript ? ['--import', import.meta.resolve('tsx')] : []),
    ],
    env: {},
    // What a library prints about a file is nobody's business.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  };
  return [path, [], options];
}

/** What is heard of a process, unless it ends or takes too long before. */
function within<T>(
  ms: number,
  child: ChildProcess,
  listen: (heard: (message: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => settle(() => reject(excessive('more memory than a document may')));
    const timer = setTimeout(() => settle(() => reject(excessive(`longer than ${ms / 1000} seconds`))), ms);
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      child.off('exit', ended);
      outcome();
    };
    child.once('exit', ended);
    listen((message) => settle(() => resolve(message)));
  });
}

const excessive = (what: string) =>
  unusable(`Reading the file took ${what}. Split it or save it as a plainer file.`);

const unusable = (problem: string) => new ParlanceError('unsupported', problem);
