import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
/** numpy is what huggingface_hub gives vectors as. */
const clients = ['openai==3.57.0', 'huggingface_hub==2.4.0', 'numpy==2.4.6'];

/** Runs a program of `test/clients/python` and resolves with what it printed; rejects when it fails. */
export type Python = (program: string, settings: Record<string, string>) => Promise<string>;

/**
 * Python with the clients under test, which are downloaded once into `.cache`. Null, with a loud word, where there is no
 * Python or no pip; throws instead with `CI=true`, where they must be there.
 */
export async function pythonForTests(): Promise<Python | null> {
  try {
    return await withClients();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.warn(
      `\nSKIPPED: the tests of Python clients. ${clients.join(', ')} could not be had: ${error}\n`,
    );
    return null;
  }
}

async function withClients(): Promise<Python> {
  const { stdout: version } = await run('python3', ['-c', 'import sys; print(sys.implementation.cache_tag)']);
  const pins = createHash('sha256').update(clients.join()).digest('hex').slice(0, 8);
  const folder = join(root, '.cache', `python-clients-${version.trim()}-${pins}`);
  if (!existsSync(folder)) await download(folder);
  return async (program, settings) => {
    const env = {
      ...{ PATH: process.env.PATH, HOME: '/nonexistent', PYTHONNOUSERSITE: '1' },
      ...{ PYTHONPATH: folder, ...settings },
    };
    const file = join(root, 'test/clients/python', program);
    return (await run('python3', [file], { env, timeout: 60_000 })).stdout;
  };
}

/** Into a folder of their own, and not an environment: Debian's Python has pip without venv. */
async function download(target: string): Promise<void> {
  const partial = `${target}.${process.pid}`;
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-warn-conflicts', '--only-binary', ':all:'];
  try {
    await run('python3', ['-m', 'pip', 'install', ...quiet, '--target', partial, ...clients]);
    await run('python3', ['-m', 'compileall', '-q', '-j', '0', partial]).catch(() => {});
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
