import { rm } from 'node:fs/promises';
import {
  asParlanceError,
  type ModelCard,
  type ModelPull,
  type ModelStatus,
  ParlanceError,
  type PullRequestBody,
} from '#contracts';
import type { ModelCatalogue, ModelStore } from '#inference';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Inference } from '../inference.ts';
import { removePulled } from './cache.ts';
import { writePins } from './pins.ts';
import { createPulls, type Pulls } from './pulls.ts';
import { statusOf } from './status.ts';

/** Whoever changes something, for the audit log. */
interface Author {
  tenant: string;
  actor: string;
}

/** What can be done to the models of the installation. They belong to no tenant. */
export interface Models {
  pulls: Pick<Pulls, 'list' | 'get'>;
  /** As `Pulls.start`; and `conflict` for a name that a bundled model or one of the operator's folder has. */
  pull(author: Author, request: PullRequestBody): Promise<ModelPull>;
  cancelPull(author: Author, id: string): Promise<ModelPull>;
  /** Compares the files with their checksums; what is damaged is served no more, and what was mended is again. */
  verify(id: string): Promise<ModelStatus>;
  /** Removes a model with its files. @throws ParlanceError `conflict` for a bundled one, and for one that somebody waits for */
  remove(author: Author, id: string): Promise<void>;
  /** Has every worker hold a model at all times, or no longer. @throws ParlanceError `conflict` for letting go a bundled one */
  pin(author: Author, id: string, pinned: boolean): Promise<ModelStatus>;
  close(): Promise<void>;
}

export interface ModelsParts {
  config: Pick<Config, 'hub' | 'cacheDir'>;
  database: Database;
  inference: Inference;
}

export function createModels({ config, database, inference }: ModelsParts): Models {
  const { catalogue, store, pool, damage, pinned } = inference;
  const pulls = createPulls(config, serve);

  const audit = (author: Author, action: string, target: string, detail: Record<string, unknown> = {}) =>
    database.withTenant(author.tenant, (tx) =>
      recordAudit(tx, { actor: author.actor, action, target, detail }),
    );

  async function serve(card: ModelCard): Promise<void> {
    const before = catalogue.find(card.id);
    catalogue.set(card);
    damage.delete(card.id);
    pool.modelsChanged(card.id);
    if (before?.revision !== card.revision) await removePulled(config.cacheDir, card.id, card.revision);
  }

  let pinning = Promise.resolve();
  /** One change after the other, each kept before it holds. */
  const setPinned = (id: string, wanted: boolean): Promise<void> => {
    const change = async () => {
      const bundled = new Set(catalogue.cards.filter(isBundled).map((card) => card.id));
      const others = [...pinned].filter((each) => each !== id && !bundled.has(each));
      await writePins(config.cacheDir, wanted && !bundled.has(id) ? [...others, id] : others);
      if (wanted) pinned.add(id);
      else pinned.delete(id);
    };
    const changed = pinning.then(change);
    pinning = changed.catch(() => {});
    return changed;
  };

  return {
    pulls,
    async pull(author, { model: id, revision, task }) {
      refusePull(catalogue, id);
      const pull = pulls.start({ id, revision, task });
      await audit(author, 'model.pull', id, { revision });
      return pull;
    },
    async cancelPull(author, id) {
      const pull = await pulls.cancel(id);
      await audit(author, 'model.pull-cancelled', pull.model);
      return pull;
    },
    async verify(id) {
      const card = catalogue.get(id);
      const reason = await store.verify(card).then(
        () => undefined,
        (error) => asParlanceError(error).message,
      );
      if (reason === undefined) damage.delete(id);
      else damage.set(id, reason);
      pool.modelsChanged();
      return statusOf(inference, card);
    },
    async remove(author, id) {
      const card = catalogue.get(id);
      refuseRemoval(card);
      if (pool.uses(id)) throw new ParlanceError('conflict', `${id} is being used. Try again in a moment.`);
      await removeFiles(card, store, config);
      catalogue.remove(id);
      damage.delete(id);
      pool.modelsChanged(id);
      if (pinned.has(id)) await setPinned(id, false);
      await audit(author, 'model.remove', id, { source: card.source, revision: card.revision });
    },
    async pin(author, id, wanted) {
      const card = catalogue.get(id);
      if (card.endpoint)
        throw new ParlanceError('conflict', `${id} is on a server elsewhere: no worker here can hold it.`);
      if (isBundled(card) && !wanted)
        throw new ParlanceError('conflict', `${id} comes with the installation and is always held.`);
      await setPinned(id, wanted);
      pool.modelsChanged();
      await audit(author, wanted ? 'model.pin' : 'model.unpin', id);
      return statusOf(inference, card);
    },
    close: () => pulls.close(),
  };
}

/** @throws ParlanceError `conflict` for a name that a model has which was not pulled */
export function refusePull(catalogue: ModelCatalogue, id: string): void {
  const there = catalogue.find(id);
  if (there && there.source !== 'hub')
    throw new ParlanceError('conflict', `There is a model ${id} from ${there.source} already.`);
}

/** @throws ParlanceError `conflict` for a model that is not this server's to remove */
export function refuseRemoval({ id, source }: ModelCard): void {
  if (source === 'hub' || source === 'dir') return;
  const why =
    source === 'remote'
      ? 'is on a server elsewhere. Remove its card from the folder of models, and start anew.'
      : 'comes with the installation and cannot be removed.';
  throw new ParlanceError('conflict', `${id} ${why}`);
}

/** Removes the files of a model that may be removed. @throws ParlanceError `conflict` where this process may not write */
export async function removeFiles(
  card: ModelCard,
  store: ModelStore,
  { cacheDir }: Pick<Config, 'cacheDir'>,
): Promise<void> {
  if (card.source === 'hub') await removePulled(cacheDir, card.id);
  else
    await rm(store.folder(card), { recursive: true, force: true }).catch((cause: NodeJS.ErrnoException) => {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(cause.code ?? '')) throw cause;
      const remedy = 'Remove it there by hand, and start anew.';
      throw new ParlanceError('conflict', `The folder of models cannot be written. ${remedy}`, { cause });
    });
}

const isBundled = ({ source }: ModelCard): boolean => source === 'bundled';
