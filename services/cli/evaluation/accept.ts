import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledNames } from '../../evaluation/suites.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { RunFolder, readRun } from './run-folder.ts';
import { baselineFile, findSuite } from './suites.ts';

/**
 * Makes a finished run the one that later runs of its suite are compared with. The suite is where it was when the run began, unless
 * its file is named. Throws `UsageError` for a partial run, and where the suite is not found or is another.
 */
export async function acceptRun(
  context: CliContext,
  folder: string,
  named: string | undefined,
): Promise<void> {
  const { suite, partial, outcome } = await readRun(folder);
  if (partial) throw new UsageError(`That run is partial (${partial}): run the whole suite.`);
  const file = named ?? (await fileOf(context, folder, suite.suite));
  const found = await findSuite(context.config().root, file);
  if (found.suite.document.suite !== suite.suite)
    throw new UsageError(`${file} is not the suite ${suite.suite} that was run.`);
  await copyFile(join(folder, 'baseline.jsonl'), baselineFile(found.file));
  process.stderr.write(
    `Runs of ${suite.suite} are now compared with this one (${outcome}). Commit ${baselineFile(found.file)}.\n`,
  );
}

/** Where the suite was when it was run; where it is no longer there, one that comes with Parlance is known by its name. */
async function fileOf(context: CliContext, folder: string, suite: string): Promise<string> {
  const { file } = await new RunFolder(folder).began();
  const path = file === undefined ? undefined : join(folder, file);
  if (path !== undefined && existsSync(path)) return path;
  if ((await bundledNames(context.config().root)).includes(suite)) return suite;
  throw new UsageError(`The suite ${suite} is not where it was run: name its file after the folder.`);
}
