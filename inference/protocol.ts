import type { ModelCard } from '#contracts';
import type { KernelOutput } from './kernel.ts';
import type { Piece } from './progress.ts';

/** A model a worker may be asked for: its card and the absolute folder of its verified files. */
export interface ModelDescriptor {
  card: ModelCard;
  folder: string;
}

/** True for a model that writes token by token. */
export const isWriter = ({ card }: ModelDescriptor): boolean =>
  card.decoder !== undefined || card.task === 'chat';

/** Settings a worker gets in its first message. */
export interface WorkerSettings {
  /** What it loads before it is ready. Of several, one that cannot be loaded is reported and left out. */
  models: ModelDescriptor[];
  /** Engine that replaces the one named in each card; the fake, in tests. */
  engine: string | undefined;
  /** Threads inside one operator. */
  threads: number;
  /** Padded tokens of the largest forward pass. */
  passTokens: number;
}

/** Pool to worker. */
export type WorkerCommand =
  | { type: 'start'; settings: WorkerSettings }
  /** Nothing else is started until it is loaded or failed to be. */
  | { type: 'load-model'; descriptor: ModelDescriptor }
  /** Sent only while no batch of it runs. */
  | { type: 'unload-model'; model: string }
  | { type: 'run-batch'; id: number; model: string; inputs: unknown[] }
  /** Nobody waits for these rows of the batch any more. */
  | { type: 'drop-rows'; id: number; rows: number[] };

/** Some inputs of batch `id`, answered `elapsedMs` after the worker began with it. `batch-done` has the last of them. */
export interface BatchPart {
  id: number;
  rows: number[];
  outputs: KernelOutput[];
  elapsedMs: number;
}

/** How loading a model went: milliseconds with its warm-up, and what the process grew by; or why it cannot be loaded. */
export type ModelReport =
  | { type: 'model-loaded'; model: string; revision: string; loadMs: number; bytes: number }
  | { type: 'model-failed'; model: string; reason: string };

/** Worker to pool. `rssBytes` lets the pool recycle a worker whose memory only ever grows. */
export type WorkerReport =
  | { type: 'worker-ready'; rssBytes: number }
  | { type: 'start-failed'; reason: string }
  | ModelReport
  /** What was written since the last one; nothing, when it is only a sign of life. */
  | { type: 'batch-progress'; id: number; pieces: Piece[] }
  | ({ type: 'batch-part' } & BatchPart)
  | ({
      type: 'batch-done';
      tokenizeMs: number;
      runMs: number;
      paddedTokens: number;
      rssBytes: number;
    } & BatchPart)
  | { type: 'batch-failed'; id: number; reason: string };
