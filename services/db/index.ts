import { join } from 'node:path';
import type { Database } from './database.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

export type { Database } from './database.ts';

export interface DatabaseSettings {
  dataDir: string;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  /** The checkout, which holds `services/db/migrations` also when the program runs from `dist`. */
  root: string;
}

/**
 * Opens the database of the configuration and brings its tables up to date: a server when there is a DATABASE_URL,
 * else the embedded one in the data folder, which stays locked until `close`. Throws as the two implementations do.
 */
export function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const migrationsFolder = join(settings.root, 'services/db/migrations');
  const { databaseUrl, databaseOwnerUrl, dataDir } = settings;
  return databaseUrl
    ? openPostgres({ databaseUrl, databaseOwnerUrl, migrationsFolder })
    : openPglite({ dataDir, migrationsFolder });
}
