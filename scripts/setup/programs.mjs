import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
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

const folder = join(dist, 'programs');
const stamp = join(folder, '.made');
const inputs = [...areas, 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/setup/programs.mjs'];

/** Where a program lies once it is compiled. */
export const programFile = (name) => join(folder, `${name}.js`);

/** One hash of everything that the programs are made of. */
const currentHash = () =>
  hashOf(inputs.flatMap((path) => filesBelow(join(root, path))).filter((file) => !file.endsWith('.test.ts')));

/** True when there are sources to compile: an image may carry `dist` alone. */
export const hasSources = () => existsSync(join(root, 'tsconfig.json'));

/** True when the programs were compiled from the sources as they are now, and are all there. */
export function isCompiled() {
  return readStamp(stamp) === record(currentHash(), folder);
}

/** What the programs were made of, and what they are: a file that is gone or was cut short makes another record. */
export const record = (hash, made) =>
  [hash, ...outputsIn(made).map((file) => `${relative(made, file)} ${statSync(file).size}`)].join('\n');

const outputsIn = (made) => filesBelow(made).filter((file) => /\.(js|map)$/.test(file));

/**
 * Compiles the programs to `dist/programs`, unless nothing changed. They are made beside it and take its place when they are whole, so that a
 * compilation that fails, is ended or has no room leaves the last good one alone. Types are checked by the tests: whoever starts the program has
 * what passed them.
 */
export async function compile() {
  if (isCompiled()) return;
  const making = `${folder}.${process.pid}`;
  const before = `${making}.before`;
  await step('Compiling TypeScript', async () => {
    const hash = currentHash();
    try {
      await bundle(programs, making);
      writeStamp(join(making, '.made'), record(hash, making));
      takePlace(making, before);
    } finally {
      for (const each of [making, before]) rmSync(each, { recursive: true, force: true });
    }
  });
}

/** Another process may be doing the same. */
function takePlace(making, before) {
  try {
    renameSync(folder, before);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!isCompiled()) throw error;
  }
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
  const { build, stop } = await import('esbuild');
  const options = {
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', external: [...whole, ...late] },
    // Lines of the sources with NODE_OPTIONS=--enable-source-maps. Not `keepNames`: it names each function whenever it is made, and a text then took 0.46 ms instead of 0.36.
    ...{ sourcemap: 'linked', sourcesContent: false },
    banner: { js: commonJs },
    logLevel: 'silent',
  };
  try {
    await build(options);
  } catch ({ message }) {
    throw new SetupError(`The sources could not be compiled.\n\n${message}`);
  } finally {
    // Its process would live as long as ours, which becomes the server.
    await stop();
  }
}
