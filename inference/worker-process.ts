import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { QueuedInput } from './job.ts';
import type { Piece } from './progress.ts';
import type {
  BatchPart,
  ModelDescriptor,
  ModelReport,
  WorkerCommand,
  WorkerReport,
  WorkerSettings,
} from './protocol.ts';
import { ResidentModels } from './resident-models.ts';

export type BatchReport = Extract<WorkerReport, { type: 'batch-done' | 'batch-failed' }>;

/** A batch that a worker has. */
export interface RunningBatch {
  id: number;
  /** Its model writes token by token. */
  writes: boolean;
  inputs: QueuedInput[];
  /** Those it has not answered yet. */
  pending: Set<QueuedInput>;
  startedAt: number;
  /** What the worker had spent on it when it answered last. */
  elapsedMs: number;
}

export interface WorkerEvents {
  onReady(worker: WorkerProcess): void;
  /** Called for each model that was to be loaded. */
  onModel(report: ModelReport): void;
  /** Called as inputs are answered, the last ones included. */
  onPart(batch: RunningBatch, part: BatchPart): void;
  onPieces(batch: RunningBatch, pieces: Piece[]): void;
  onBatch(worker: WorkerProcess, batch: RunningBatch, report: BatchReport): void;
  /** Called once; `lost` is what the process had not answered. */
  onExit(worker: WorkerProcess, lost: QueuedInput[], reason: string): void;
}

/** Loading and warming the models takes a second or two; a machine short of everything may need many. */
const loadTimeoutMs = 120_000;

/**
 * One forked worker as the pool sees it: at most one batch at a time, and beside it one that is written token by token, in whose
 * steps the other's come in between. So a long answer keeps nobody waiting for longer than a step.
 */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #events: WorkerEvents;
  #ready = false;
  #gone = false;
  readonly #batches = new Map<number, RunningBatch>();
  /** Of what is being loaded, then by batch. */
  readonly #stuck = new Map<number | 'load', NodeJS.Timeout>();
  #loading: ModelDescriptor | undefined;
  /** What it holds. */
  readonly models = new ResidentModels();
  #reason = 'exited';
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
    this.#stuck.set(
      'load',
      setTimeout(() => this.kill('did not start in time'), loadTimeoutMs),
    );
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

  /** True when such a batch could start now. */
  takes(writes: boolean): boolean {
    const free = this.ready && !this.retiring && !this.#loading;
    return free && ![...this.#batches.values()].some((each) => each.writes === writes);
  }

  get busy(): boolean {
    return this.#batches.size > 0 || this.#loading !== undefined;
  }

  /** The model that it is loading; still told when it died of that. */
  get loading(): string | undefined {
    return this.#loading?.card.id;
  }

  /** True while it has a batch of this model. */
  runs(model: string): boolean {
    return [...this.#batches.values()].some(({ inputs }) => inputs[0]?.job.model === model);
  }

  /** Loads a model after letting others go; it has no batch of those. Nothing is started meanwhile. */
  load(descriptor: ModelDescriptor, instead: readonly string[]): void {
    for (const model of instead) this.unload(model);
    this.#loading = descriptor;
    this.#stuck.set(
      'load',
      setTimeout(() => this.kill('hung'), loadTimeoutMs),
    );
    this.#send({ type: 'load-model', descriptor });
  }

  unload(model: string): void {
    this.models.remove(model);
    this.#send({ type: 'unload-model', model });
  }

  /** Starts a batch; the process is ended when it says nothing of it for `timeoutMs`. */
  run(batch: RunningBatch, timeoutMs: number): void {
    this.#batches.set(batch.id, batch);
    const stuck = setTimeout(() => {
      // Nothing is written while a graph is read, and that has a time of its own.
      if (this.#loading) stuck.refresh();
      else this.kill('hung');
    }, timeoutMs);
    this.#stuck.set(batch.id, stuck);
    const inputs = batch.inputs.map((each) => each.input);
    const model = batch.inputs[0]?.job.model ?? '';
    this.models.use(model, batch.startedAt);
    this.#send({ type: 'run-batch', id: batch.id, model, inputs });
  }

  /** Leaves off what nobody waits for any more, and returns it. What is not written token by token runs to its end unheard. */
  drop(match: (input: QueuedInput) => boolean): QueuedInput[] {
    return [...this.#batches.values()].flatMap((batch) => {
      const dropped = [...batch.pending].filter(match);
      for (const input of dropped) batch.pending.delete(input);
      const rows = dropped.map((input) => batch.inputs.indexOf(input));
      if (rows.length > 0) this.#send({ type: 'drop-rows', id: batch.id, rows });
      return dropped;
    });
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
      clearTimeout(this.#stuck.get('load'));
      this.#ready = true;
      this.rssBytes = report.rssBytes;
      this.#events.onReady(this);
      return;
    }
    if (report.type === 'model-loaded' || report.type === 'model-failed') {
      this.#noteModel(report);
      return;
    }
    const batch = this.#batches.get(report.id);
    if (!batch) return;
    if (report.type === 'batch-progress' || report.type === 'batch-part') {
      this.#stuck.get(batch.id)?.refresh();
      if (report.type === 'batch-progress') this.#events.onPieces(batch, report.pieces);
      else this.#events.onPart(batch, report);
      return;
    }
    clearTimeout(this.#stuck.get(batch.id));
    this.#stuck.delete(batch.id);
    this.#batches.delete(batch.id);
    if (report.type === 'batch-done') this.rssBytes = report.rssBytes;
    // The worker is idle from here on: its next batch goes out before these answers are written.
    this.#events.onBatch(this, batch, report);
    if (report.type === 'batch-done') this.#events.onPart(batch, report);
  }

  #noteModel(report: ModelReport): void {
    if (this.#loading) clearTimeout(this.#stuck.get('load'));
    this.#loading = undefined;
    for (const id of this.#batches.keys()) this.#stuck.get(id)?.refresh();
    if (report.type === 'model-loaded') {
      const { model: id, revision, bytes } = report;
      this.models.add({ id, revision, bytes, usedAt: performance.now() });
    }
    this.#events.onModel(report);
  }

  #end(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const timer of this.#stuck.values()) clearTimeout(timer);
    const lost = [...this.#batches.values()].flatMap(({ pending }) => [...pending]);
    this.#events.onExit(this, lost, this.#reason === 'exited' ? reason : this.#reason);
  }
}
