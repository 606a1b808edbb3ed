import { setTimeout as wait } from 'node:timers/promises';
import {
  asParlanceError,
  type ModelPull,
  type ModelState,
  ParlanceError,
  type PullRequestBody,
} from '#contracts';
import type { Config } from '../../config.ts';
import { removePulled } from '../../models/cache.ts';
import { openHub } from '../../models/hub/connection.ts';
import { pullModel } from '../../models/hub/pull.ts';
import { openLibrary } from '../../models/library.ts';
import { refusePull, refuseRemoval, removeFiles } from '../../models/models.ts';
import { refuseOffline } from '../../models/pulls.ts';
import { shownOf } from '../../models/status.ts';
import { clientOf, findServer, type ServerChoice } from '../backend/connect.ts';

/** A model as a verb shows it; how it is doing only a server knows. */
export type ListedModel = ReturnType<typeof shownOf> & { state?: ModelState };

export type PullProgress = Pick<ModelPull, 'doneBytes' | 'totalBytes'>;

/** The models to work with: a running server's, or the files of this installation. */
export interface ModelAccess {
  list(): Promise<ListedModel[]>;
  show(id: string): Promise<ListedModel & { cardText: string }>;
  /** Resolves when the model is there. Aborting cancels it. */
  pull(request: PullRequestBody, onProgress: (progress: PullProgress) => void): Promise<ListedModel>;
  /** What is wrong with its files; undefined when they are whole. */
  verify(id: string): Promise<string | undefined>;
  remove(id: string): Promise<void>;
}

/** A running server when there is one, else the folders of this configuration. */
export async function openModels(
  config: Config,
  choice: ServerChoice,
  signal: AbortSignal,
): Promise<ModelAccess> {
  const server = await findServer(config, choice);
  return server ? overServer(clientOf(server), signal) : inFolders(config, signal);
}

const pollMs = 300;

function overServer({ models }: ReturnType<typeof clientOf>, signal: AbortSignal): ModelAccess {
  return {
    list: models.list,
    show: models.get,
    async pull(request, onProgress) {
      let pull = await models.pulls.start(request);
      while (pull.state === 'running') {
        onProgress(pull);
        await wait(pollMs, undefined, { signal }).catch(() => {});
        pull = await (signal.aborted ? models.pulls.cancel(pull.id) : models.pulls.get(pull.id));
      }
      if (pull.state === 'done') return await models.get(request.model);
      throw new ParlanceError(
        pull.state === 'cancelled' ? 'cancelled' : 'provider_failed',
        pull.reason ?? 'The pull was cancelled.',
      );
    },
    async verify(id) {
      const { state, reason } = await models.verify(id);
      return state === 'damaged' ? reason : undefined;
    },
    remove: models.remove,
  };
}

function inFolders(config: Config, signal: AbortSignal): ModelAccess {
  const library = () => openLibrary(config);
  return {
    async list() {
      const opened = await library();
      return opened.catalogue.cards.map((card) => shownOf(opened, card));
    },
    async show(id) {
      const opened = await library();
      const card = opened.catalogue.get(id);
      return { ...shownOf(opened, card), cardText: await opened.store.cardText(card) };
    },
    async pull({ model: id, revision, task }, onProgress) {
      refuseOffline(config.hub);
      refusePull((await library()).catalogue, id);
      const hub = openHub(config.hub);
      try {
        const options = { root: config.cacheDir, signal, onProgress };
        const card = await pullModel(hub, { id, revision, task }, options);
        await removePulled(config.cacheDir, id, card.revision);
        return shownOf(await library(), card);
      } finally {
        await hub.close();
      }
    },
    async verify(id) {
      const { catalogue, store } = await library();
      return store.verify(catalogue.get(id)).then(
        () => undefined,
        (error) => asParlanceError(error).message,
      );
    },
    async remove(id) {
      const { catalogue, store } = await library();
      const card = catalogue.get(id);
      refuseRemoval(card);
      await removeFiles(card, store, config);
    },
  };
}
