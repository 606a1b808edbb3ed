import type { ModelState, ParlanceError } from '#contracts';
import type { Capacity } from './batcher.ts';
import { unavailable } from './job.ts';
import { failedToLoad, type ModelRecord, ModelRecords } from './model-records.ts';
import type { ModelDescriptor, ModelReport } from './protocol.ts';
import type { WorkerProcess } from './worker-process.ts';

/** The models that may be asked for, which may change at any time. */
export interface ModelSource {
  find(id: string): ModelDescriptor | undefined;
  /** Those that every worker is to hold at all times, whatever else must go. */
  pinned(): readonly ModelDescriptor[];
}

export interface KeeperOptions {
  models: ModelSource;
  /** Bytes of models that one worker may hold. */
  budgetBytes: number;
  /** Milliseconds for which a model that could not be loaded is not tried again; longer each further time. */
  cooldownMs: number;
}

/** How a model is doing, and what serving it has told so far. */
export interface ModelCondition extends Omit<ModelRecord, 'failure' | 'deaths'> {
  state: Exclude<ModelState, 'damaged'>;
  /** Why it is `failed`. */
  reason?: string;
  /** Seconds until a model that failed is tried again. */
  retryAfter?: number;
  /** Workers that hold it. */
  workers: number;
}

/** A graph in memory is larger than its file: what onnxruntime makes of it, and what a pass needs. Only until it was measured. */
const growth = 1.5;

/** Decides which worker loads which model, and what it lets go for it. */
export class ModelKeeper {
  readonly #options: KeeperOptions;
  readonly records: ModelRecords;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.records = new ModelRecords(options.cooldownMs);
  }

  /** @throws ParlanceError `model_unavailable` for a model that there is not, or that failed a short while ago */
  find(id: string, workers: readonly WorkerProcess[]): ModelDescriptor {
    const descriptor = this.#options.models.find(id);
    if (!descriptor) throw unavailable();
    const refusal = this.refusal(id, workers);
    if (refusal) throw refusal;
    return descriptor;
  }

  /** Why a model is refused now. One that another worker holds is not, unless it costs workers. */
  refusal(id: string, workers: readonly WorkerProcess[]): ParlanceError | undefined {
    const held = workers.some((worker) => this.holds(worker, id));
    if (held && this.records.get(id).failure?.serving !== true) return undefined;
    return this.records.refusal(id, performance.now());
  }

  /** Whether a worker has this model, as it is now. */
  holds(worker: WorkerProcess, id: string): boolean {
    const revision = this.#options.models.find(id)?.card.revision;
    return revision !== undefined && worker.models.get(id)?.revision === revision;
  }

  /** What a worker may run. What is there no more, or is another revision now, it lets go once it has ended what it runs of it. */
  usable(worker: WorkerProcess): Set<string> {
    const [usable, stale] = [new Set<string>(), new Set<string>()];
    for (const { id } of worker.models.all) (this.holds(worker, id) ? usable : stale).add(id);
    for (const id of stale) if (!worker.runs(id)) worker.unload(id);
    return usable;
  }

  /** False while the cool-down of a failure lasts. */
  #mayLoad(id: string): boolean {
    return this.records.refusal(id, performance.now()) === undefined;
  }

  /** A pinned model that this worker should hold and does not. */
  #missing(worker: WorkerProcess): string | undefined {
    const missing = this.#options.models
      .pinned()
      .find(({ card: { id } }) => !this.holds(worker, id) && this.#mayLoad(id));
    return missing?.card.id;
  }

  /**
   * Idle workers load what somebody waits for and none of them has, else what is pinned; a model in one of them at a time.
   * Returns what does not fit, for which nobody is to wait.
   * @param waited the model that has been waited for longest, of those that fit
   */
  loadWaited(
    workers: readonly WorkerProcess[],
    waited: (free: Capacity, fits: (model: string) => boolean) => string | undefined,
  ): { model: string; error: ParlanceError }[] {
    const idle = workers.filter((worker) => worker.takes(false));
    return idle.flatMap((worker, at) => {
      const loading = new Set(workers.flatMap((each) => each.loading ?? []));
      const asked = waited({ free: idle.length - at, total: workers.length }, (id) => {
        return !loading.has(id) && this.#mayLoad(id) && !idle.some((each) => this.holds(each, id));
      });
      const model = asked ?? (loading.size === 0 ? this.#missing(worker) : undefined);
      const outcome = model === undefined ? 'waits' : this.#load(worker, model);
      return model !== undefined && typeof outcome !== 'string' ? [{ model, error: outcome }] : [];
    });
  }

  /**
   * Has a worker load a model. `waits` where it must first end what it runs, and an error where the model does not fit at all,
   * which counts as a failure to load.
   */
  #load(worker: WorkerProcess, id: string): 'loads' | 'waits' | ParlanceError {
    const descriptor = this.#options.models.find(id);
    if (!descriptor) return unavailable();
    // Of another revision: its sessions would be let go under a text that is being written.
    if (worker.runs(id)) return 'waits';
    const bytes = this.#bytesOf(descriptor);
    const room = (keeps: (id: string) => boolean) =>
      worker.models.makeRoom(bytes, this.#options.budgetBytes, keeps);
    if (!room((each) => this.#isPinned(each))) return this.#tooLarge(id, bytes);
    const instead = room((each) => this.#isPinned(each) || worker.runs(each));
    if (!instead) return 'waits';
    worker.load(descriptor, instead);
    return 'loads';
  }

  note(report: ModelReport): void {
    if (report.type === 'model-failed')
      this.records.failed(report.model, { reason: report.reason }, performance.now());
    else this.records.loaded(report.model, report.loadMs, report.bytes);
  }

  /** A worker died while it was loading this model. */
  died(id: string, reason: string): void {
    const said = reason === 'hung' ? 'it did not load in time' : `its worker died of it (${reason})`;
    this.records.failed(id, { reason: said }, performance.now());
  }

  condition(id: string, workers: readonly WorkerProcess[]): ModelCondition {
    const { failure, deaths: _, ...measured } = this.records.get(id);
    const holders = workers.filter((worker) => this.holds(worker, id)).length;
    const refusal = this.refusal(id, workers);
    if (failure && (refusal || holders === 0)) {
      const retryAfter = refusal?.details.retryAfter;
      const { reason } = failure;
      return { ...measured, state: 'failed', reason, workers: holders, ...(retryAfter && { retryAfter }) };
    }
    const loading =
      workers.length === 0 ? this.#isPinned(id) : workers.some((worker) => worker.loading === id);
    return { ...measured, state: holders ? 'ready' : loading ? 'loading' : 'available', workers: holders };
  }

  #isPinned(id: string): boolean {
    return this.#options.models.pinned().some(({ card }) => card.id === id);
  }

  #bytesOf({ card }: ModelDescriptor): number {
    const known = this.records.get(card.id).bytes;
    return known ?? growth * card.files.reduce((sum, { size }) => sum + size, 0);
  }

  #tooLarge(id: string, bytes: number): ParlanceError {
    const megabytes = (count: number) => `${Math.ceil(count / 1e6)} MB`;
    const reason = `it needs about ${megabytes(bytes)} beside the pinned models, and a worker may hold ${megabytes(this.#options.budgetBytes)} (PARLANCE_MODEL_MEMORY)`;
    return failedToLoad(id, this.records.failed(id, { reason }, performance.now()), performance.now());
  }
}
