import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ModelCard, ParlanceError, type TaskName } from '#contracts';
import { deriveCard, filesOf, layoutOf, type ModelLayout, ModelStore, pinCard } from '#inference';
import { modelKinds } from '#nlp';
import { asStorageError, storageFull } from '../../db/storage-error.ts';
import { cardFile, readPulled } from '../cache.ts';
import type { Hub } from './connection.ts';
import { download, type OpenSink } from './download.ts';
import { type HubFile, type Repository, readRepository } from './repository.ts';

export interface PullRequest {
  id: string;
  /** A branch, a tag or a commit. */
  revision: string;
  task?: TaskName | undefined;
}

export interface PullOptions {
  /** The folder of pulled models. */
  root: string;
  signal: AbortSignal;
  /** The commit that the revision stands for and the bytes there are to bring, once they are known; then as bytes come. */
  onProgress(progress: { commit: string; totalBytes: number; doneBytes: number }): void;
  /** The first wait before another try, in milliseconds. */
  retryMs?: number;
  sink?: OpenSink;
}

/** Larger than any file of settings; tokenizers are larger, and are not read to make a card. */
const maxReadBytes = 4 * 1024 * 1024;
const firstRetryMs = 500;

/**
 * Brings a model from the hub into the folder of pulled models: at one commit, every file checked, with a card that pins them. It
 * appears there whole or not at all; what came of a pull that failed is kept for the next, unless the disk is full.
 * @throws ParlanceError `not_found`, `unsupported` for a model that cannot be served, `provider_failed`, `storage_full`, `cancelled`
 */
export async function pullModel(hub: Hub, request: PullRequest, options: PullOptions): Promise<ModelCard> {
  const { id, task } = request;
  const { root, signal } = options;
  const repository = await readRepository(hub, id, request.revision, signal);
  const { commit } = repository;
  const there = (await readPulled(root)).cards.find((card) => card.id === id && card.revision === commit);
  if (there && there.task === (task ?? there.task) && (await isWhole(there, root))) return there;
  const partial = join(root, '.partial', `${id.replace('/', '--')}@${commit}`);
  const whole = join(root, id, commit);
  await mkdir(partial, { recursive: true });
  try {
    const bring = fetcher(hub, request, repository, partial, options);
    const layout = remoteLayout(repository, partial, bring);
    const derived = await deriveCard(layout, modelKinds, { id, source: 'hub', task });
    const wanted = new Set([...filesOf(derived, layout.paths), ...documents(layout.paths)]);
    const files = repository.files.filter(({ path }) => wanted.has(path));
    await refuseWithoutRoom(partial, files);
    await bring(files);
    const card = await pinCard(derived, partial, await layoutOf(partial), commit);
    await writeFile(join(partial, cardFile), `${JSON.stringify(card, null, 2)}\n`);
    await rm(whole, { recursive: true, force: true });
    await mkdir(dirname(whole), { recursive: true });
    await rename(partial, whole);
    return card;
  } catch (error) {
    const known = asStorageError(error);
    // Half a model is worth something, but not the last room that others write to.
    if (known instanceof ParlanceError && ['storage_full', 'unsupported'].includes(known.code))
      await rm(partial, { recursive: true, force: true });
    throw known;
  }
}

const isWhole = (card: ModelCard, root: string): Promise<boolean> =>
  new ModelStore({ hub: root }).verify(card).then(
    () => true,
    () => false,
  );

/** What people read: the card and under which terms it comes. */
const documents = (paths: readonly string[]): string[] =>
  paths.filter((path) => /^(README\.md|LICEN[CS]E(\.\w+)?)$/.test(path));

/** Brings files one after the other and tells how far all of them are. Those that are there are not brought again. */
function fetcher(
  hub: Hub,
  { id }: PullRequest,
  { commit }: Repository,
  partial: string,
  { signal, onProgress, retryMs = firstRetryMs, sink }: PullOptions,
): (files: readonly HubFile[]) => Promise<void> {
  return async (files) => {
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
    let doneBytes = 0;
    const onBytes = (count: number) => {
      doneBytes += count;
      onProgress({ commit, totalBytes, doneBytes });
    };
    onBytes(0);
    for (const file of files) {
      const path = file.path.split('/').map(encodeURIComponent).join('/');
      await download(hub, `${id}/resolve/${commit}/${path}`, file, partial, {
        signal,
        onBytes,
        retryMs,
        sink,
      });
    }
  };
}

/** The files of a repository, brought as they are read. A card of ours in it is not listened to: the owner of a model does not decide how it runs here. */
function remoteLayout(
  { files }: Repository,
  partial: string,
  bring: (files: readonly HubFile[]) => Promise<void>,
): ModelLayout {
  const byPath = new Map(files.filter(({ path }) => path !== cardFile).map((file) => [file.path, file]));
  return {
    paths: [...byPath.keys()].sort(),
    async text(path) {
      const file = byPath.get(path);
      if (!file) return undefined;
      if (file.size > maxReadBytes)
        throw new ParlanceError('unsupported', `${path} is too large to be read.`);
      await bring([file]);
      return readFile(join(partial, path), 'utf8');
    },
  };
}

async function refuseWithoutRoom(folder: string, files: readonly HubFile[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = files.reduce((sum, { size }) => sum + size, 0);
  if (needed > bavail * bsize) throw storageFull();
}
