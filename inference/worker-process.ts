import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { QueuedInput } from './job.ts';
import type { BatchPart, WorkerCommand, WorkerReport, WorkerSettings } from './protocol.ts';

export type BatchReport = Extract<WorkerReport, { type: 'batch-done' | 'batch-failed' }>;

/** A batch that a worker has. */
export interface RunningBatch {
  id: number;
  inputs: QueuedInput[];
  /** Those it has not answered yet. */
  pending: Set<QueuedInput>;
  startedAt: number;
}

export interface WorkerEvents {
  onReady(worker: WorkerProcess): void;
  /** Called as inputs are answered, the last ones included. */
  onPart(batch: RunningBatch, part: BatchPart): void;
  onBatch(worker: WorkerProcess, batch: RunningBatch, report: BatchReport): void;
  /** Called once; `batch` is what was lost with the process. */
  onExit(worker: WorkerProcess, batch: RunningBatch | undefined, reason: string): void;
}

/** Loading and warming the models takes a second or two; a machine short of everything may need many. */
const startTimeoutMs = 120_000;

/** One forked worker as the pool sees it: at most one batch at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #events: WorkerEvents;
  #ready = false;
  #gone = false;
  #batch: RunningBatch | undefined;
  #reason = 'exited';
  #stuck: NodeJS.Timeout | undefined;
  rssBytes = 0;
  /** Set when the process is being replaced: it finishes what it has and gets nothing new. */
  retiring = false;

  constructor(url: URL, settings: WorkerSettings, events: WorkerEvents) {
    this.#events = events;
    const typescript = url.pathname.endsWith('.ts');
    this.#child = fork(fileURLToPath(url), [], {
      serialization: 'advanced',
      execArgv: typescript ? ['--import', import.meta.resolve('tsx')] : [],
      // Workers need no credential of the service, so they do not inherit its environment.
      env: {},
    });
    this.#child.on('message', (report: WorkerReport) => this.#receive(report));
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(signal ?? `exit code ${code}`));
    this.#stuck = setTimeout(() => this.kill('did not start in time'), startTimeoutMs);
    this.#send({ type: 'start', settings });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get ready(): boolean {
    return this.#ready && !this.#gone;
  }

  /** True once the models were loaded, also after the process ended. */
  get started(): boolean {
    return this.#ready;
  }

  /** True when a batch could start now. */
  get idle(): boolean {
    return this.ready && !this.retiring && !this.#batch;
  }

  get busy(): boolean {
    return this.#batch !== undefined;
  }

  /** Starts a batch; the process is ended when it does not answer within `timeoutMs`. */
  run(batch: RunningBatch, timeoutMs: number): void {
    this.#batch = batch;
    this.#stuck = setTimeout(() => this.kill('hung'), timeoutMs);
    const inputs = batch.inputs.map((each) => each.input);
    const model = batch.inputs[0]?.job.model ?? '';
    this.#send({ type: 'run-batch', id: batch.id, model, inputs });
  }

  /** Lets the process end by itself; it has no batch. */
  close(): void {
    this.#reason = 'closed';
    if (this.#child.connected) this.#child.disconnect();
  }

  kill(reason: string): void {
    this.#reason = reason;
    this.#child.kill('SIGKILL');
  }

  #send(command: WorkerCommand): void {
    // A failed send means the channel is closed; the exit event that follows gives the batch back.
    this.#child.send(command, () => {});
  }

  #receive(report: WorkerReport): void {
    if (this.#gone) return;
    if (report.type === 'start-failed') {
      this.kill(report.reason);
      return;
    }
    if (report.type === 'worker-ready') {
      clearTimeout(this.#stuck);
      this.#ready = true;
      this.rssBytes = report.rssBytes;
      this.#events.onReady(this);
      return;
    }
    const batch = this.#batch;
    if (!batch || batch.id !== report.id) return;
    if (report.type === 'batch-part') {
      this.#events.onPart(batch, report);
      return;
    }
    clearTimeout(this.#stuck);
    this.#batch = undefined;
    if (report.type === 'batch-done') this.rssBytes = report.rssBytes;
    // The worker is idle from here on: its next batch goes out before these answers are written.
    this.#events.onBatch(this, batch, report);
    if (report.type === 'batch-done') this.#events.onPart(batch, report);
  }

  #end(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#stuck);
    this.#events.onExit(this, this.#batch, this.#reason === 'exited' ? reason : this.#reason);
  }
}
