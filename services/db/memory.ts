import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config.ts';
import { openPglite, type PgliteDatabase } from './pglite.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
const { root } = loadConfig({});

/**
 * A fresh database in memory, for tests of what stands on one: the real engine, tables and policies without a folder.
 * It is a copy of a prepared one, which takes a third of the time.
 */
export async function openMemoryDatabase(): Promise<PgliteDatabase> {
  return await openPglite({
    migrationsFolder,
    from: new Blob([await readFile(await prepared('database.tar'))]),
  });
}

/** Gives a folder without a database the prepared one, so that a test of a whole program starts as a later start does. */
export async function prepareFolder(dataDir: string): Promise<void> {
  await cp(await prepared('db'), join(dataDir, 'db'), { recursive: true });
}

/** An empty database with its tables, as a folder and as a snapshot of it: made once and kept in `.cache`. */
async function prepared(form: 'db' | 'database.tar'): Promise<string> {
  const kept = join(root, '.cache', `database-${fingerprint()}`);
  if (!existsSync(kept)) {
    const making = `${kept}.${process.pid}`;
    const database = await openPglite({ migrationsFolder, dataDir: making });
    const snapshot = await database.client.dumpDataDir('none');
    await database.close();
    await writeFile(join(making, 'database.tar'), Buffer.from(await snapshot.arrayBuffer()));
    // Another process may have been faster.
    await rename(making, kept).catch(() => rm(making, { recursive: true }));
  }
  return join(kept, form);
}

/** Changes with the migrations and with the engine. */
function fingerprint(): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(dependencies['@electric-sql/pglite']);
  const names = readdirSync(migrationsFolder).filter((each) => each.endsWith('.sql'));
  for (const name of names.sort()) hash.update(readFileSync(`${migrationsFolder}/${name}`));
  return hash.digest('hex').slice(0, 16);
}
