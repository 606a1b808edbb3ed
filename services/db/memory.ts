import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openPglite, type PgliteDatabase } from './pglite.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/**
 * A fresh database in memory, for tests of what stands on one: the real engine, tables and policies without a folder.
 * It is a copy of a prepared one, which takes a third of the time.
 */
export async function openMemoryDatabase(): Promise<PgliteDatabase> {
  return await openPglite({ migrationsFolder, from: await preparedDatabase() });
}

/** Gives a folder without a database the prepared one, so that a test of a whole server starts as a later start does. */
export async function prepareFolder(dataDir: string): Promise<void> {
  await (await openPglite({ migrationsFolder, dataDir, from: await preparedDatabase() })).close();
}

/** The files of an empty database with its tables, made once and kept in `.cache`. */
async function preparedDatabase(): Promise<Blob> {
  const template = `${cache}/database-${fingerprint()}.tar`;
  if (!existsSync(template)) {
    const database = await openPglite({ migrationsFolder });
    const snapshot = await database.client.dumpDataDir('none');
    await database.close();
    await mkdir(cache, { recursive: true });
    await writeFile(`${template}.${process.pid}`, Buffer.from(await snapshot.arrayBuffer()));
    await rename(`${template}.${process.pid}`, template);
  }
  return new Blob([await readFile(template)]);
}

/** Changes with the migrations and with the engine. */
function fingerprint(): string {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const hash = createHash('sha256').update(dependencies['@electric-sql/pglite']);
  const names = readdirSync(migrationsFolder).filter((each) => each.endsWith('.sql'));
  for (const name of names.sort()) hash.update(readFileSync(`${migrationsFolder}/${name}`));
  return hash.digest('hex').slice(0, 16);
}
