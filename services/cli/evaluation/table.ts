import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readBaseline, scoreTable } from '#eval';
import { bundledNames } from '../../evaluation/suites.ts';
import { baselineFile, findSuite } from './suites.ts';

/** The accepted runs of the bundled suites as a Markdown table: what README shows. */
export async function acceptedTable(root: string): Promise<string> {
  const found = await Promise.all((await bundledNames(root)).map((name) => findSuite(root, name)));
  const files = found.map(({ file }) => baselineFile(file)).filter(existsSync);
  const baselines = await Promise.all(files.map(async (file) => readBaseline(await readFile(file, 'utf8'))));
  return scoreTable(baselines.map(({ run }) => run));
}
