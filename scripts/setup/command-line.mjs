import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { hasSources, isCompiled, programFile } from './programs.mjs';

/** Loads the command line into this process and ends it with the code of the verb. */
export function runCommandLine(args) {
  return exitWith(async () => (await load()).main(args));
}

/**
 * Sets the exit code that `work` resolves with. Node ends a process that waits for nothing it knows of, with 0 unless
 * told otherwise: work that is lost in this way must look like the failure it is.
 */
export async function exitWith(work) {
  const unfinished = () => process.stderr.write('Parlance ended before its work was done.\n');
  process.exitCode = 1;
  process.once('beforeExit', unfinished);
  process.exitCode = await work();
  process.removeListener('beforeExit', unfinished);
}

async function load() {
  if (!hasSources() || isCompiled()) return import(url(programFile('command-line')));
  if (!existsSync(join(root, 'node_modules', 'tsx'))) {
    process.stderr.write('Parlance is not set up yet. Run npm run build here first.\n');
    process.exit(1);
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(url(join(root, 'services', 'cli', 'main.ts')));
}

const url = (file) => pathToFileURL(file).href;
