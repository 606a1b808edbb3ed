import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, runTool } from './run.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

const lockfile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.parlance-setup');

/** Installs exactly what the lockfile names, unless that is already in place. */
export async function install() {
  const wanted = hashOf([lockfile]);
  if (readStamp(stamp) === wanted) return;
  if (isInstalled(readJson(lockfile), readJson(join(root, 'node_modules', '.package-lock.json')))) {
    writeStamp(stamp, wanted);
    return;
  }
  await step('Installing packages from package-lock.json (once; about a minute)', async () => {
    const outcome = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
    if (!outcome.ok) throw new SetupError(explainInstall(outcome.output));
  });
  writeStamp(stamp, wanted);
}

/**
 * True when npm's own record of node_modules (`installed`) holds every package of the lockfile (`locked`) in its
 * version and no other: somebody ran `npm install` themselves. Optional packages of other platforms may be missing.
 */
export function isInstalled(locked, installed) {
  if (!locked?.packages || !installed?.packages) return false;
  const entries = Object.entries(locked.packages).filter(([path]) => path !== '');
  const versions = new Map(entries.map(([path, entry]) => [path, entry.version]));
  const present = Object.entries(installed.packages);
  return (
    present.every(([path, entry]) => versions.get(path) === entry.version) &&
    entries.every(([path, entry]) => entry.optional || installed.packages[path])
  );
}

/** npm's last words turned into what to do next. */
export function explainInstall(output) {
  const lines = output.split('\n').filter((line) => !/^npm \S+ {4,}at /.test(line));
  const tail = lines.slice(0, 12).join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return `The npm registry cannot be reached. The first start needs it once; later starts work offline.\nCheck the connection or the proxy (npm config get proxy), then try again.\n\n${tail}`;
  }
  if (/ENOSPC/.test(output))
    return `The disk filled up while installing. Free about 1 GB and try again.\n\n${tail}`;
  if (/EACCES|EPERM/.test(output)) {
    return `This user may not write to node_modules. Is the checkout owned by someone else?\n\n${tail}`;
  }
  return `npm ci failed.\n\n${tail}`;
}

/** The npm that called us when there is one, else the one on the PATH. */
async function npm(args) {
  const caller = process.env.npm_execpath;
  if (caller?.endsWith('npm-cli.js')) return runTool(caller, args);
  try {
    return await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  } catch {
    throw new SetupError('npm was not found. It comes with Node.js; install it and try again.');
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
