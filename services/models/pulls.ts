import { asParlanceError, type ModelCard, type ModelPull, ParlanceError } from '#contracts';
import type { Config } from '../config.ts';
import { newId } from '../db/id.ts';
import { type Hub, openHub } from './hub/connection.ts';
import { type PullRequest, pullModel } from './hub/pull.ts';

/** The models that are on their way, in this process. */
export interface Pulls {
  /**
   * Begins to pull a model, in the background.
   * @throws ParlanceError `unsupported` where this server is offline or its proxy has no address, `conflict` for a model that is on its way, `overloaded`
   */
  start(request: PullRequest): ModelPull;
  list(): ModelPull[];
  /** @throws ParlanceError `not_found` */
  get(id: string): ModelPull;
  /** Ends one that runs, and waits until it has. @throws ParlanceError `not_found` */
  cancel(id: string): Promise<ModelPull>;
  close(): Promise<void>;
}

const atOnce = 4;
const remembered = 50;

interface Running {
  pull: ModelPull;
  stop: AbortController;
  ended: Promise<void>;
}

/** @param onPulled awaited before a pull counts as done */
export function createPulls(
  { hub, cacheDir }: Pick<Config, 'hub' | 'cacheDir'>,
  onPulled: (card: ModelCard) => Promise<void>,
): Pulls {
  const all = new Map<string, Running>();
  const running = () => [...all.values()].filter(({ pull }) => pull.state === 'running');

  /** Throws nothing: what went wrong is told by the pull. */
  async function carryOut(
    connection: Hub,
    pull: ModelPull,
    request: PullRequest,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const onProgress = (progress: Partial<ModelPull>) => Object.assign(pull, progress);
      await onPulled(await pullModel(connection, request, { root: cacheDir, signal, onProgress }));
      pull.state = 'done';
    } catch (error) {
      pull.state = signal.aborted ? 'cancelled' : 'failed';
      pull.reason = signal.aborted ? null : asParlanceError(error).message;
    } finally {
      pull.endedAt = new Date().toISOString();
      await connection.close().catch(() => {});
    }
  }

  const find = (id: string): Running => {
    const found = all.get(id);
    if (found) return found;
    throw new ParlanceError('not_found', `There is no pull ${id}. GET /api/v1/models/pulls lists them.`);
  };

  return {
    start(request) {
      refuseOffline(hub);
      if (running().some(({ pull }) => pull.model === request.id))
        throw new ParlanceError('conflict', `${request.id} is being pulled already.`);
      if (running().length >= atOnce) {
        const detail = `${atOnce} models are on their way. Wait for one of them.`;
        throw new ParlanceError('overloaded', detail, { details: { retryAfter: 30 } });
      }
      const pull: ModelPull = {
        ...{ id: newId('pul'), model: request.id, revision: request.revision, commit: null },
        ...{ state: 'running', doneBytes: 0, totalBytes: null },
        ...{ startedAt: new Date().toISOString(), endedAt: null, reason: null },
      };
      const stop = new AbortController();
      const ended = carryOut(openHub(hub), pull, request, stop.signal);
      all.set(pull.id, { pull, stop, ended });
      for (const [id, each] of all)
        if (all.size > remembered && each.pull.state !== 'running') all.delete(id);
      return { ...pull };
    },
    list: () => [...all.values()].map(({ pull }) => ({ ...pull })).reverse(),
    get: (id) => ({ ...find(id).pull }),
    async cancel(id) {
      const { pull, stop, ended } = find(id);
      stop.abort();
      await ended;
      return { ...pull };
    },
    async close() {
      for (const { stop } of running()) stop.abort();
      await Promise.all([...all.values()].map(({ ended }) => ended));
    },
  };
}

/** @throws ParlanceError `unsupported` where nothing may be asked of a hub */
export function refuseOffline({ offline }: Config['hub']): void {
  if (!offline) return;
  const detail =
    'This server is offline (PARLANCE_OFFLINE or HF_HUB_OFFLINE). Put the model into the folder of PARLANCE_MODELS_DIR, or pull it where there is a network.';
  throw new ParlanceError('unsupported', detail);
}
