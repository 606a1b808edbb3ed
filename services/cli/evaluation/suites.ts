import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { locked, readLock, readSuite, type Suite } from '#eval';
import { bundledFolder, bundledNames } from '../../evaluation/suites.ts';
import { UsageError } from '../exit.ts';

/** A suite, and where its files are. */
export interface FoundSuite {
  suite: Suite;
  file: string;
  folder: string;
}

/** A bundled suite by its name, or any by its file. Throws `UsageError` when there is none. */
export async function findSuite(root: string, name: string): Promise<FoundSuite> {
  const isFile = /\.ya?ml$/i.test(name);
  const file = isFile ? name : join(bundledFolder(root), `${name}.yaml`);
  if (!existsSync(file)) {
    const names = (await bundledNames(root)).join(', ');
    throw new UsageError(`There is no suite ${name}. Name a YAML file, or one of: ${names}.`);
  }
  return { suite: readSuite(await readFile(file, 'utf8')), file, folder: dirname(file) };
}

const besides = (file: string, ending: string) =>
  join(dirname(file), `${basename(file, extname(file))}${ending}`);

/** Where the run is kept that later ones of a suite are compared with. */
export const baselineFile = (file: string): string => besides(file, '.baseline.jsonl');

/**
 * Notes what this version of the suite means, beside it. Throws `conflict` when it was changed since without a new version. Where nothing
 * can be written, as in an installed package, nothing is noted.
 */
export async function keepLock({ suite, file }: FoundSuite): Promise<void> {
  const path = besides(file, '.lock.json');
  const known = existsSync(path) ? readLock(await readFile(path, 'utf8')) : {};
  const next = locked(known, suite.document);
  if (next === known) return;
  await writeFile(path, `${JSON.stringify(next, null, 2)}\n`).catch((error: NodeJS.ErrnoException) => {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code ?? '')) throw error;
  });
}
