import { asParlanceError, type ModelCard, type ModelState, type UnusableModel } from '#contracts';
import { type ModelCatalogue, type ModelStore, Pool, type PoolObserver, TaskRunner } from '#inference';
import { type Heads, textTasks } from '#nlp';
import type { Config } from './config.ts';
import { openLibrary } from './models/library.ts';

/** Everything that answers task calls, without a database or HTTP. */
export interface Inference {
  catalogue: ModelCatalogue;
  store: ModelStore;
  /** What is in the folders of models and cannot be served. */
  unusable: UnusableModel[];
  pool: Pool;
  tasks: TaskRunner;
  /** State of a model by id, with the reason when it cannot be used. */
  stateOf(card: ModelCard): { state: ModelState; reason?: string };
  /** Forks the workers; resolves when the first is warm. */
  start(): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

/** Padded tokens of one dispatch and of one forward pass; found by `npm run bench`, see docs/decisions/0004-serving.md. */
export const batchLimits = { tokens: 1024, items: 32 } as const;
const passTokens = 1024;
const batchLaneItems = 8;
const recycleBytes = 1.5 * 1024 ** 3;
const batchTimeoutMs = 60_000;

/** Verifies the bundled models and prepares a pool over those that are whole; a damaged one is reported, not served. */
export async function createInference(
  config: Config,
  observer: PoolObserver,
  heads?: Heads,
): Promise<Inference> {
  const { catalogue, store, unusable } = await openLibrary(config);
  const damage = await findDamage(catalogue, store);
  const usable = catalogue.cards.filter((card) => !damage.has(card.id));
  const engine = config.engine === 'fake' ? 'fake' : undefined;
  const pool = new Pool({
    workerUrl: workerUrl(),
    workers: config.workers,
    settings: {
      models: usable.map((card) => ({ card, folder: store.folder(card) })),
      engine,
      threads: 1,
      passTokens,
    },
    limits: {
      queueTokens: config.queueTokens,
      batchTokens: batchLimits.tokens,
      batchItems: batchLimits.items,
      batchLaneItems,
    },
    observer,
    recycleBytes,
    batchTimeoutMs,
  });
  return {
    catalogue,
    store,
    unusable,
    pool,
    tasks: new TaskRunner(textTasks(heads), catalogue, pool, engine),
    stateOf: (card) => {
      const reason = damage.get(card.id);
      if (reason) return { state: 'damaged', reason };
      return { state: pool.status.ready > 0 ? 'ready' : 'loading' };
    },
    start: () => pool.start(),
    stop: (graceMs) => pool.stop(graceMs),
  };
}

/** The worker script beside this file, with the extension this file runs with. */
function workerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./inference-worker.${extension}`, import.meta.url);
}

async function findDamage(catalogue: ModelCatalogue, store: ModelStore): Promise<Map<string, string>> {
  const damage = new Map<string, string>();
  await Promise.all(
    catalogue.cards.map((card) =>
      store.verify(card).catch((error) => damage.set(card.id, asParlanceError(error).message)),
    ),
  );
  return damage;
}
