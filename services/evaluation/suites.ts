import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BundledSuite, evaluationName, ParlanceError } from '#contracts';
import { readSuite, type Suite } from '#eval';

/** Where the suites are that come with Parlance. */
export const bundledFolder = (root: string): string => join(root, 'eval', 'suites');

/** Their names. */
export async function bundledNames(root: string): Promise<string[]> {
  const files = await readdir(bundledFolder(root)).catch(() => []);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** One of them, with the folder of its files. Throws `not_found`. */
export async function openBundled(root: string, name: string): Promise<{ suite: Suite; folder: string }> {
  const folder = bundledFolder(root);
  const file = join(folder, `${name}.yaml`);
  if (!evaluationName.safeParse(name).success || !existsSync(file)) {
    const names = (await bundledNames(root)).join(', ');
    throw new ParlanceError('not_found', `There is no suite ${name}. There are: ${names}.`);
  }
  return { suite: readSuite(await readFile(file, 'utf8')), folder };
}

/** All of them, as a list shows them. */
export async function bundledSuites(root: string): Promise<BundledSuite[]> {
  const opened = await Promise.all((await bundledNames(root)).map((name) => openBundled(root, name)));
  return opened.map(({ suite: { document, scorers } }) => {
    const { suite, version, title, description, gates } = document;
    return { suite, version, title, description, scorers: scorers.map(({ as }) => as), gates: gates.length };
  });
}
