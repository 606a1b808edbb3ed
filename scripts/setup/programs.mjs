import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { areas, dist, root } from './paths.mjs';
import { filesBelow, hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

/** By their names, what is started as a process: the children of a service have the names by which it looks for them beside itself. */
export const programs = {
  server: 'services/main.ts',
  'command-line': 'services/cli/main.ts',
  'inference-worker': 'services/inference-worker.ts',
  'reader-child': 'services/knowledge/reader-child.ts',
  'training-child': 'services/classifiers/training-child.ts',
};

const stamp = join(dist, '.programs');
const inputs = [...areas, 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/setup/programs.mjs'];

/** Where a program lies once it is compiled. */
export const programFile = (name) => join(dist, 'programs', `${name}.js`);

/** One hash of everything that the programs are made of. */
const currentHash = () =>
  hashOf(inputs.flatMap((path) => filesBelow(join(root, path))).filter((file) => !file.endsWith('.test.ts')));

/** True when there are sources to compile: an image may carry `dist` alone. */
export const hasSources = () => existsSync(join(root, 'tsconfig.json'));

/** True when the programs were compiled from the sources as they are now. */
export function isCompiled() {
  return readStamp(stamp) === currentHash();
}

/**
 * Compiles the programs to `dist/programs`, unless nothing changed. A failed compilation leaves the last good one alone. Types are checked by the
 * tests: whoever starts the program has what passed them.
 */
export async function compile() {
  const hash = currentHash();
  if (readStamp(stamp) === hash) return;
  await step('Compiling TypeScript', () => bundle(programs, join(dist, 'programs')));
  writeStamp(stamp, hash);
}

/** What packages of CommonJS ask for, which a module does not have by itself. */
const commonJs =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** These read files that lie beside their own. */
const whole = ['onnxruntime-node', '@electric-sql/*', '@node-rs/argon2', 'pdfjs-dist', 'swagger-ui-dist'];
/** A server that runs loads these when they are first needed, and by then its files here may have been replaced. */
const late = ['openid-client', 'eld/*'];

/**
 * Makes of each program one file and what it shares with the others, in `folder`. Of two seconds of processor time that a server takes to
 * start, one went into finding and reading 1,400 modules.
 */
export async function bundle(entryPoints, folder) {
  // Fetched by the set-up, like every package.
  const { build } = await import('esbuild');
  const options = {
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', external: [...whole, ...late] },
    ...{ banner: { js: commonJs }, metafile: true, logLevel: 'silent' },
  };
  const { metafile } = await build(options).catch(({ message }) => {
    throw new SetupError(`The sources do not compile.\n\n${message}`);
  });
  const made = new Set(Object.keys(metafile.outputs).map((file) => join(root, file)));
  for (const file of filesBelow(folder)) if (!made.has(file)) rmSync(file);
}
