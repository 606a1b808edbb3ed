import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { areas, dist, root, tools } from './paths.mjs';
import { runTool } from './run.mjs';
import { filesBelow, hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

const stamp = join(dist, '.compiled');
const sources = () => areas.flatMap((area) => filesBelow(join(root, area))).filter((file) => !isTest(file));
const isTest = (file) => file.endsWith('.test.ts');
const configs = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Compiles the areas to `dist`, module by module, unless nothing changed: tests import them from there. Types are a check of their own; with
 * them it would take six times as long.
 */
export async function compileAreas() {
  const files = sources();
  const hash = hashOf([...files, ...configs.map((name) => join(root, name))]);
  if (readStamp(stamp) === hash) return;
  await step('Compiling for the tests', async () => {
    const outcome = await runTool(tools.tsc, ['-p', 'tsconfig.build.json', '--noCheck']);
    if (!outcome.ok) throw new SetupError(`The sources do not compile.\n\n${outcome.output}`);
    copyAssets(files);
    removeOrphans(new Set(files.map((file) => join(dist, relative(root, file)).replace(/\.ts$/, '.js'))));
    writeManifest();
  });
  writeStamp(stamp, hash);
}

/** Beside the code may lie what it reads, such as migrations: tsc leaves these behind. */
function copyAssets(files) {
  for (const file of files.filter((each) => !each.endsWith('.ts'))) {
    const target = join(dist, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** What an earlier source left in `dist` would otherwise still be importable. */
function removeOrphans(expected) {
  for (const area of areas) {
    for (const file of filesBelow(join(dist, area))) {
      if (!expected.has(file.replace(/\.js\.map$/, '.js'))) rmSync(file);
    }
  }
}

/** The import map again, pointing at the compiled doors: Node reads the nearest package.json. */
function writeManifest() {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(distManifest(imports), null, 2)}\n`);
}

/** `dist/package.json` for the given import map. */
export function distManifest(imports) {
  const compiled = Object.entries(imports).map(([door, file]) => [door, file.replace(/\.ts$/, '.js')]);
  return { type: 'module', imports: Object.fromEntries(compiled) };
}
