import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openFolderBlobs } from '../blobs/folder.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/index.ts';
import { asStorageError } from '../db/storage-error.ts';
import { createArchive } from './archive.ts';
import { blobFolder } from './manifest.ts';
import { requireDatabase } from './source.ts';
import { requireNewFile } from './target.ts';

export interface BackupReport {
  /** Of the file. */
  bytes: number;
  /** False with a server: then back the database up with `pg_dump` as well. */
  databaseIncluded: boolean;
}

/**
 * Writes a backup of an installation that is not running. Of one that is, `POST /api/v1/backup` gives the same
 * archive. Throws `conflict` when it is running or the file exists, `not_found` when there is no database or no folder
 * for the file, and `storage_full`.
 */
export async function backup(config: Config, file: string): Promise<BackupReport> {
  requireNewFile(file);
  if (!config.databaseUrl) requireDatabase(config.dataDir);
  const database = await openDatabase(config);
  const partial = `${file}.part`;
  try {
    const blobs = await openFolderBlobs(join(config.dataDir, blobFolder));
    const archive = createArchive({ database, blobs, version: config.version });
    await pipeline(archive, createWriteStream(partial, { mode: 0o600, flush: true }));
    await rename(partial, file);
    return { bytes: (await stat(file)).size, databaseIncluded: database.kind === 'pglite' };
  } catch (error) {
    await rm(partial, { force: true });
    throw asStorageError(error);
  } finally {
    await database.close();
  }
}
