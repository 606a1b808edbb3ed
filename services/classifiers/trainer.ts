import { type ForkOptions, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ParlanceError } from '#contracts';
import type { TrainingReport } from '#nlp';

/** Labelled texts with their embeddings, one after the other. */
export interface TrainingJob {
  /** Written into the weights, so that no two versions are the same bytes. */
  id: string;
  texts: string[];
  labels: (string | null)[];
  vectors: Float32Array;
}

export interface TrainingReply {
  bytes: Uint8Array;
  report: TrainingReport;
  threshold: number;
}

export const trainingTimeoutMs = 15 * 60_000;
/** Whoever waits for an answer goes first. */
const niceness = 10;

/**
 * Trains one head in a process of its own: it keeps a core for seconds to minutes, which the event loop must not.
 * @throws ParlanceError `timeout`, `cancelled` when the signal is aborted, `internal` when the process dies
 */
export function train(
  job: TrainingJob,
  signal: AbortSignal,
  timeoutMs = trainingTimeoutMs,
): Promise<TrainingReply> {
  if (signal.aborted) return Promise.reject(cancelled());
  const child = fork(...script());
  if (child.pid !== undefined) setPriority(child.pid, niceness);
  return new Promise<TrainingReply>((resolve, reject) => {
    const stop = () => reject(cancelled());
    const timer = setTimeout(() => reject(tookTooLong(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    child.once('exit', () => reject(died()));
    child.once('error', (cause) => reject(died(cause)));
    child.on('message', (message: 'ready' | TrainingReply) => {
      if (message === 'ready') child.send(job, () => {});
      else resolve(message);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  }).finally(() => child.kill('SIGKILL'));
}

/** The script beside this file, with the extension this file runs with. */
function script(): Parameters<typeof fork> {
  const typescript = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(`./training-child.${typescript ? 'ts' : 'js'}`, import.meta.url));
  const options: ForkOptions = {
    serialization: 'advanced',
    execArgv: typescript ? ['--import', import.meta.resolve('tsx')] : [],
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  };
  return [path, [], options];
}

const cancelled = () => new ParlanceError('cancelled', 'The training was cancelled.');
const died = (cause?: unknown) =>
  new ParlanceError('internal', 'The training ended before it was done. Try it with fewer rows.', { cause });
const tookTooLong = (ms: number) =>
  new ParlanceError('timeout', `The training took longer than ${ms / 60_000} minutes. Send fewer rows.`);
