import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
/** The whole of Triton, 2.51, with its Python backend; a third of a gigabyte. */
const wheel = 'nvidia-pytriton==0.7.0';
const startsWithinMs = 90_000;
const endsWithinMs = 10_000;

/** Triton with the models of `serve.py`. */
export interface Triton {
  url: string;
  stop(): Promise<void>;
}

/**
 * The Python of an environment with Triton, which is downloaded once into `.cache`. Null, with a loud word, where it cannot be had;
 * throws instead with `CI=true`, where it must be there.
 */
export async function tritonForTests(): Promise<string | null> {
  try {
    const { stdout: tag } = await run('python3', ['-c', 'import sys; print(sys.implementation.cache_tag)']);
    const pin = createHash('sha256').update(wheel).digest('hex').slice(0, 8);
    const folder = join(root, '.cache', `triton-${tag.trim()}-${pin}`);
    if (!existsSync(folder)) await download(folder);
    return join(folder, 'bin', 'python');
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.warn(`\nSKIPPED: the tests of Triton. ${wheel} could not be had: ${error}\n`);
    return null;
  }
}

/** An environment, since Triton's backend looks into no other place; without pip, since Debian's Python makes none with it. */
async function download(target: string): Promise<void> {
  const partial = `${target}.${process.pid}`;
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-warn-conflicts', '--only-binary', ':all:'];
  try {
    await run('python3', ['-m', 'venv', '--without-pip', partial]);
    const [version = ''] = await readdir(join(partial, 'lib'));
    const packages = join(partial, 'lib', version, 'site-packages');
    await run('python3', ['-m', 'pip', 'install', ...quiet, '--target', packages, wheel]);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Starts it on a port that is free, with two more behind it, and waits for its models. */
export async function startTriton(python: string): Promise<Triton> {
  const workspace = await mkdtemp(join(tmpdir(), 'parlance-triton-'));
  const port = await freePort();
  const { stdout: libraries } = await run(python, [
    '-c',
    'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))',
  ]);
  // Its backend is linked against whatever Python of this version the system has, which may not be this one.
  const env = { PATH: process.env.PATH, HOME: workspace, LD_LIBRARY_PATH: libraries.trim() };
  const script = join(root, 'test/model-servers/serve.py');
  const said: Buffer[] = [];
  const server = spawn(python, [script, String(port), join(workspace, 'work')], { env });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (piece) => said.push(piece));
  const triton = {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await end(server);
      await rm(workspace, { recursive: true, force: true });
    },
  };
  const until = performance.now() + startsWithinMs;
  // The last of the models that `serve.py` loads.
  while (!(await answers(`${triton.url}/v2/models/broken/ready`))) {
    if (server.exitCode === null && performance.now() < until) continue;
    await triton.stop();
    throw new Error(`Triton did not start: ${Buffer.concat(said).toString().slice(-2000)}`);
  }
  return triton;
}

async function answers(url: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), endsWithinMs);
  await ended;
  clearTimeout(late);
}
