import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ParlanceError } from '#contracts';
import { interruptedRestore } from '../db/pglite.ts';

/**
 * Throws `not_found` when the data folder holds no database: opening it would make an empty one, and a backup of that
 * would pass for a backup of what somebody has. A restore that was interrupted is left to whoever opens the folder.
 */
export function requireDatabase(dataDir: string): void {
  if (['db', interruptedRestore].some((name) => existsSync(join(dataDir, name)))) return;
  throw new ParlanceError(
    'not_found',
    `There is no database in ${dataDir}. Name the folder that holds it with PARLANCE_DATA_DIR.`,
  );
}
