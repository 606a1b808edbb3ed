import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './paths.mjs';
import { run, runTool } from './run.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

const lockfile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.parlance-setup');

/** True when node_modules holds what the lockfile names. */
export function arePackagesInPlace() {
  if (readStamp(stamp) === hashOf([lockfile])) return true;
  return isInstalled(readJson(lockfile), readJson(join(root, 'node_modules', '.package-lock.json')));
}

/** Installs exactly what the lockfile names, unless that is already in place. */
export async function install() {
  const wanted = hashOf([lockfile]);
  if (arePackagesInPlace()) {
    if (readStamp(stamp) !== wanted) writeStamp(stamp, wanted);
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
  const refused = /\b(EACCES|EPERM|EROFS)\b/.exec(output)?.[1];
  if (refused) return `${explainRefusal(refused, refusedPath(output))}\n\n${tail}`;
  return `npm ci failed.\n\n${tail}`;
}

/** Where npm could not write: it names the path on a line of its own, and some errors only within their sentence. */
function refusedPath(output) {
  const path = /^npm \S+ path (.+)$/m.exec(output) ?? /(?:EACCES|EPERM|EROFS)[^'\n]*'([^'\n]+)'/.exec(output);
  return path?.[1].trim();
}

/** npm writes in two places, and only one of them is the checkout. */
function explainRefusal(code, path) {
  const elsewhere = path !== undefined && path !== root && !path.startsWith(root + sep);
  if (elsewhere)
    return `npm may not write to ${path}, which is outside the checkout: probably its cache.\nSet npm_config_cache to a folder you may write to, then try again.`;
  if (code === 'EROFS')
    return 'The checkout is on a disk that is read-only. Copy it to one you may write to.';
  return 'This user may not write to node_modules. Is the checkout owned by someone else?';
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
