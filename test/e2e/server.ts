import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareFolder } from '../../services/db/memory.ts';
import { bundled } from '../fixtures/bundled.ts';
import { quickStart } from '../fixtures/quick-start.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patienceMs = 120_000;

/** The real program as a child process. */
export interface TestServer {
  url: string;
  dataDir: string;
  /** Ends the process and keeps its folder, so that it can be started again on it. */
  stop(): Promise<void>;
  /** Ends the process and removes its folder. */
  dispose(): Promise<void>;
  /** Tells the program of a fixture what it listens to. */
  tell(message: string): void;
}

export interface ServerOptions {
  /** Any free port when left out. */
  port?: number;
  /** A new temporary folder when left out. */
  dataDir?: string;
  env?: Record<string, string>;
  /** The file of another program. */
  program?: string;
}

/** Starts Parlance and waits until it is ready. The deterministic engine answers unless `env` names another. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { program = bundled('server') } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parlance-e2e-'));
  if (!options.dataDir) await prepareFolder(dataDir);
  const child = spawn(process.execPath, [...quickStart, program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PARLANCE_HOST: '127.0.0.1',
      PARLANCE_PORT: String(options.port ?? 0),
      PARLANCE_DATA_DIR: dataDir,
      PARLANCE_ENGINE: 'fake',
      PARLANCE_WORKERS: '1',
      ...options.env,
    },
  });
  const url = await readAddress(child);
  await untilReady(url, child);
  const stop = () => end(child);
  const dispose = async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const tell = (message: string) => void child.send(message);
  return { url, dataDir, stop, dispose, tell };
}

/** The address from the line that the program prints once it listens. */
function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk;
      const address = /listens on (http:\S+)/.exec(printed)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${printed}`)));
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('The server ended while it was starting.');
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await end(child);
  throw new Error('The server did not become ready.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
