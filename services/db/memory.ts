import { fileURLToPath } from 'node:url';
import { openPglite, type PgliteDatabase } from './pglite.ts';

/** A fresh database in memory, for tests of what stands on one: the real engine, tables and policies without a folder. */
export function openMemoryDatabase(): Promise<PgliteDatabase> {
  return openPglite({ migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) });
}
