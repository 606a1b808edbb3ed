import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');

/** The folders of the code that is no page, no script and no test, as in tsconfig.build.json. */
export const areas = ['contracts', 'client', 'inference', 'nlp', 'eval', 'services'];

/** Entry files of the tools, run with this very Node so that no shell or PATH is involved. */
export const tools = {
  tsc: join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  vite: join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
  biome: join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  knip: join(root, 'node_modules', 'knip', 'bin', 'knip.js'),
  vitest: join(root, 'node_modules', 'vitest', 'vitest.mjs'),
};
