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
import { freeBytes, openReserveBytes, writeReserveBytes } from './disk-space.ts';
import { keepPlans, parsers } from './plans.ts';
import * as schema from './schema/index.ts';
import { asFolderError, asStorageError, storageFull } from './storage-error.ts';
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
 * one a fraction. Throws `conflict` when another process has the folder `storage_full` when there is no room, and
 * `invalid_input` when the folder cannot be used.
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
      parsers,
    });
    const opened = client;
    // One process owns the folder and one connection the database, so there is nobody to lock out.
    await migrate(drizzle(opened, { schema }), { migrationsFolder: options.migrationsFolder });
    const database = drizzle({ client: keepPlans(opened) as PGlite, schema });
    const { rows } = await opened.query<{ server_version: string }>('show server_version');
    // Out of room for its log, the engine would not fail but spin for ever, and this process with it.
    const mayWrite = () => !dataDir || freeBytes(dataDir) >= writeReserveBytes;
    return {
      kind: 'pglite',
      client: opened,
      version: () => rows[0]?.server_version ?? '',
      ...tenancy(database as unknown as Transaction, mayWrite),
      snapshot() {
        refuseInsideTransaction();
        return opened.dumpDataDir('none');
      },
      async close() {
        refuseInsideTransaction();
        if (!opened.closed) await opened.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await client?.close().catch(() => {});
    await lock?.release();
    throw asOpenError(error, dataDir);
  }
}

/** What the engine's own file system throws is no `Error` and says only a number. */
function asOpenError(error: unknown, dataDir: string | undefined): unknown {
  if (error instanceof Error || !dataDir) return asStorageError(error);
  return new ParlanceError(
    'invalid_input',
    `The database in ${join(dataDir, 'db')} cannot be opened. Make sure that this folder is yours to read and write, restore a backup into it, or set PARLANCE_DATA_DIR to another one.`,
    { cause: error },
  );
}

async function lockFolder(dataDir: string): Promise<FolderLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asFolderError(error, dataDir);
  }
  const known = existsSync(join(dataDir, 'db'));
  if (freeBytes(dataDir) < openReserveBytes[known ? 'later' : 'first']) throw storageFull();
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
