import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { ParlanceError } from '#contracts';
import { acquireFolderLock, type FolderLock } from '../folder-lock.ts';
import type { Database, Transaction } from './database.ts';
import * as schema from './schema.ts';
import { asStorageError } from './storage-error.ts';
import { refuseInsideTransaction, tenancy } from './tenancy.ts';

export interface PgliteOptions {
  /** Holds the folder `db` and the lock. Left out: in memory, gone at `close`. */
  dataDir?: string | undefined;
  /** What `snapshot` gave; only where there is no database yet. */
  from?: Blob | undefined;
  migrationsFolder: string;
}

/** The embedded database, with the handle that backup and move need: its superuser sees every tenant. */
export interface PgliteDatabase extends Database {
  readonly client: PGlite;
}

/**
 * PostgreSQL in this process, in a folder. The folder is locked until `close`. A first start takes seconds, a later
 * one a fraction. Throws `conflict` when another process has the folder and `storage_full` when there is no room.
 */
export async function openPglite(options: PgliteOptions): Promise<PgliteDatabase> {
  const { dataDir } = options;
  const lock = dataDir ? await lockFolder(dataDir) : undefined;
  let client: PGlite | undefined;
  try {
    client = await PGlite.create({
      dataDir: dataDir && join(dataDir, 'db'),
      loadDataDir: options.from,
      extensions: { vector },
    });
    const database = drizzle(client, { schema });
    // One process owns the folder and one connection the database, so there is nobody to lock out.
    await migrate(database, { migrationsFolder: options.migrationsFolder });
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return pgliteDatabase(client, database as unknown as Transaction, rows[0]?.server_version ?? '', lock);
  } catch (error) {
    await client?.close().catch(() => {});
    await lock?.release();
    throw asStorageError(error);
  }
}

function pgliteDatabase(
  client: PGlite,
  handle: Transaction,
  version: string,
  lock?: FolderLock,
): PgliteDatabase {
  return {
    kind: 'pglite',
    client,
    version: () => version,
    ...tenancy(handle),
    snapshot() {
      refuseInsideTransaction();
      return client.dumpDataDir('none');
    },
    async close() {
      refuseInsideTransaction();
      if (!client.closed) await client.close();
      await lock?.release();
    },
  };
}

async function lockFolder(dataDir: string): Promise<FolderLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || asStorageError(error) !== error)
      throw asStorageError(error);
    throw new ParlanceError(
      'invalid_input',
      `The data folder ${dataDir} cannot be made (${error.code}). Set PARLANCE_DATA_DIR to a folder you may write to.`,
      { cause: error },
    );
  }
  const lock = await acquireFolderLock(dataDir);
  if (existsSync(join(dataDir, interruptedRestore))) {
    await lock.release();
    throw new ParlanceError(
      'conflict',
      `A restore into ${dataDir} was interrupted. Run \`parlance restore\` again with --force.`,
    );
  }
  return lock;
}

/** While this exists in the data folder, its content is half of one installation and half of another. */
export const interruptedRestore = '.restore-swap';
