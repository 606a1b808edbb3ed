import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { readRun } from './run-folder.ts';
import { baselineFile, findSuite } from './suites.ts';

/** Makes a finished run the one that later runs of its suite are compared with. Throws `UsageError` for a partial run. */
export async function acceptRun(context: CliContext, folder: string): Promise<void> {
  const { suite, partial, outcome } = await readRun(folder);
  if (partial) throw new UsageError(`That run is partial (${partial}): run the whole suite.`);
  const { file } = await findSuite(context.config().root, suite.suite);
  await copyFile(join(folder, 'baseline.jsonl'), baselineFile(file));
  process.stderr.write(
    `Runs of ${suite.suite} are now compared with this one (${outcome}). Commit ${baselineFile(file)}.\n`,
  );
}
