import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hasSources, isCompiled } from './compile.mjs';
import { dist, root } from './paths.mjs';

/** Loads the command line into this process and ends it with the code of the verb. */
export async function runCommandLine(args) {
  const { main } = await load();
  process.exitCode = await main(args);
}

async function load() {
  if (!hasSources() || isCompiled()) return import(url(join(dist, 'services', 'cli', 'main.js')));
  if (!existsSync(join(root, 'node_modules', 'tsx'))) {
    process.stderr.write('Parlance is not set up yet. Run npm run build here first.\n');
    process.exit(1);
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(url(join(root, 'services', 'cli', 'main.ts')));
}

const url = (file) => pathToFileURL(file).href;
