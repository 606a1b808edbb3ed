import { existsSync, openAsBlob } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ParlanceError } from '#contracts';
import type { Config } from '../config.ts';
import { interruptedRestore, openPglite } from '../db/pglite.ts';
import { acquireFolderLock } from '../folder-lock.ts';
import { blobFolder, databaseMember, type Manifest } from './manifest.ts';
import { unpackBackup } from './unpack.ts';

/** What a backup holds, by its name in the data folder. */
const parts = ['db', blobFolder];

/**
 * Puts a backup into the data folder. Everything is unpacked and proved beside what is there, the database opened and
 * brought up to date, before anything is replaced; the replacing is a handful of renames. Throws `conflict` when the
 * folder is in use or, without `force`, holds anything; `invalid_input` for a damaged archive.
 */
export async function restore(
  config: Config,
  file: string,
  options: { force?: boolean } = {},
): Promise<Manifest> {
  const { dataDir } = config;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await acquireFolderLock(dataDir);
  const stage = join(dataDir, '.restore-stage');
  try {
    await rm(stage, { recursive: true, force: true });
    if (!options.force && (await isUsed(dataDir))) {
      throw new ParlanceError(
        'conflict',
        `The data folder ${dataDir} is not empty. Choose another with PARLANCE_DATA_DIR, or replace what is there with --force.`,
      );
    }
    await mkdir(stage);
    const manifest = await unpackBackup(file, stage);
    if (manifest.database) await unpackDatabase(config, stage);
    await swap(dataDir, stage);
    return manifest;
  } finally {
    await rm(stage, { recursive: true, force: true });
    await lock.release();
  }
}

async function isUsed(dataDir: string): Promise<boolean> {
  return (await readdir(dataDir)).some((name) => parts.includes(name) || name === interruptedRestore);
}

/** Opening it is the proof that this version can. */
async function unpackDatabase(config: Config, stage: string): Promise<void> {
  if (config.databaseUrl) {
    throw new ParlanceError(
      'unsupported',
      'This backup holds an embedded database, and DATABASE_URL names a server. Restore without DATABASE_URL, then copy with `parlance db move`.',
    );
  }
  const from = await openAsBlob(join(stage, databaseMember));
  const migrationsFolder = join(config.root, 'services/db/migrations');
  try {
    const database = await openPglite({ dataDir: stage, from, migrationsFolder });
    await database.close();
  } catch (cause) {
    if (cause instanceof ParlanceError) throw cause;
    throw new ParlanceError(
      'invalid_input',
      'This version cannot open the database of the backup. Nothing was changed.',
      { cause },
    );
  }
}

/**
 * The one step that changes anything. While `interruptedRestore` exists nothing opens the folder, so a crash between
 * two renames is noticed; a failure puts everything back.
 */
async function swap(dataDir: string, stage: string): Promise<void> {
  const old = join(dataDir, interruptedRestore);
  await rm(old, { recursive: true, force: true });
  const present = (folder: string) => parts.filter((part) => existsSync(join(folder, part)));
  const replaced = present(dataDir);
  const incoming = present(stage);
  await mkdir(old);
  try {
    for (const part of replaced) await rename(join(dataDir, part), join(old, part));
    for (const part of incoming) await rename(join(stage, part), join(dataDir, part));
  } catch (error) {
    for (const part of replaced) {
      if (!existsSync(join(old, part))) continue;
      await rm(join(dataDir, part), { recursive: true, force: true });
      await rename(join(old, part), join(dataDir, part));
    }
    await rm(old, { recursive: true });
    throw error;
  }
  await rm(old, { recursive: true });
}
