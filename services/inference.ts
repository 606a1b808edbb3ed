import { asParlanceError, type ModelCard, type UnusableModel } from '#contracts';
import {
  type ModelCatalogue,
  type ModelCondition,
  type ModelSource,
  type ModelStore,
  Pool,
  type PoolObserver,
  type RemoteModel,
  type RemoteObserver,
  RoutedRuntime,
  TaskRunner,
} from '#inference';
import { type Heads, textTasks } from '#nlp';
import type { Config } from './config.ts';
import { openLibrary } from './models/library.ts';
import { readPins } from './models/pins.ts';
import { openRemoteModels } from './remote/models.ts';

/** Everything that answers task calls, without a database or HTTP. */
export interface Inference {
  catalogue: ModelCatalogue;
  store: ModelStore;
  /** What is in the folders of models and cannot be served. */
  unusable: UnusableModel[];
  pool: Pool;
  /** Models behind endpoints, by id. */
  remote: ReadonlyMap<string, RemoteModel>;
  tasks: TaskRunner;
  /** How a model is doing, with the reason when it cannot be used. */
  conditionOf(card: ModelCard): Condition;
  /** What every worker holds at all times: the bundled models, and what somebody pinned. */
  pinned: Set<string>;
  /** Models whose files are not what they should be, with what is wrong. */
  damage: Map<string, string>;
  /** Forks the workers; resolves when the first is warm. */
  start(): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

export interface InferenceParts {
  /** Where classifiers that were trained here are found. */
  heads?: Heads;
  remoteObserver?: RemoteObserver;
  /** The program of a worker, in place of the one beside this file. */
  workerUrl?: URL | undefined;
}

/** A model whose files are not what they should be is not asked for. */
type Condition = ModelCondition | { state: 'damaged'; reason: string };

/** Padded tokens of one dispatch and of one forward pass; found by `npm run bench`, see docs/decisions/0004-serving.md. */
export const batchLimits = { tokens: 1024, items: 32 } as const;
const passTokens = 1024;
const batchLaneItems = 8;
const recycleBytes = 1.5 * 1024 ** 3;
const batchTimeoutMs = 60_000;
const cooldownMs = 30_000;

/**
 * Verifies the models and prepares a pool over those that are whole; a damaged one is reported, not served. The bundled ones are
 * loaded at the start and stay, others when they are first asked for.
 */
export async function createInference(
  config: Config,
  observer: PoolObserver,
  parts: InferenceParts = {},
): Promise<Inference> {
  const { heads, remoteObserver = { answered() {}, failed() {} }, workerUrl = ownWorker() } = parts;
  const { catalogue, store, unusable } = await openLibrary(config);
  const damage = await findDamage(catalogue, store);
  const bundled = catalogue.cards.filter(({ source }) => source === 'bundled').map(({ id }) => id);
  const pinned = new Set([...bundled, ...(await readPins(config.cacheDir))]);
  const models: ModelSource = {
    find(id) {
      const card = catalogue.find(id);
      return card && !card.endpoint && !damage.has(id) ? { card, folder: store.folder(card) } : undefined;
    },
    pinned: () => [...pinned].flatMap((id) => models.find(id) ?? []),
  };
  const engine = config.engine === 'fake' ? 'fake' : undefined;
  const pool = new Pool({
    workerUrl,
    workers: config.workers,
    settings: {
      models: bundled.flatMap((id) => models.find(id) ?? []),
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
    models,
    budgetBytes: config.modelMemory,
    cooldownMs,
    recycleBytes,
    batchTimeoutMs,
  });
  const remote = openRemoteModels(
    catalogue.cards.filter((card) => card.endpoint),
    {
      folder: (card) => store.folder(card),
      secret: config.secret,
      queueTokens: config.queueTokens,
      observer: remoteObserver,
    },
  );
  return {
    catalogue,
    store,
    unusable,
    pool,
    remote,
    tasks: new TaskRunner(textTasks(heads), catalogue, new RoutedRuntime(pool, remote), engine),
    pinned,
    damage,
    conditionOf: ({ id }) => {
      const reason = damage.get(id);
      if (reason !== undefined) return { state: 'damaged', reason };
      return remote.get(id)?.condition ?? pool.condition(id);
    },
    start() {
      // Nobody waits for servers elsewhere: what they do not answer is said by the state of their models.
      for (const model of remote.values()) void model.start();
      return pool.start();
    },
    async stop(graceMs) {
      await Promise.all([pool, ...remote.values()].map((each) => each.stop(graceMs)));
    },
  };
}

/** The worker script beside this file, with the extension this file runs with. */
function ownWorker(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./inference-worker.${extension}`, import.meta.url);
}

async function findDamage(catalogue: ModelCatalogue, store: ModelStore): Promise<Map<string, string>> {
  const damage = new Map<string, string>();
  // The files of an operator's folder were hashed a moment ago, to make their cards.
  const kept = catalogue.cards.filter(({ source }) => source !== 'dir' && source !== 'remote');
  await Promise.all(
    kept.map((card) =>
      store.verify(card).catch((error) => damage.set(card.id, asParlanceError(error).message)),
    ),
  );
  return damage;
}
