import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The compiled service in a process and a data folder of its own. */
export interface Service {
  url: string;
  /** Seconds of CPU, loop delay and memory from `/metrics`; reading it starts a new window for the loop delay. */
  sample(): Promise<Sample>;
  stop(): Promise<void>;
}

export interface Sample {
  cpuSeconds: number;
  /** 99th percentile of the time between two 10 ms ticks of the main loop, less the 10 ms. */
  loopDelayMs: number;
  mainMb: number;
  workersMb: number;
}

/**
 * @param settings of the environment, over those of an empty service without the demo
 * @throws Error when `dist` is not built or the service does not become ready within a minute
 */
export async function startService(root: string, settings: Record<string, string> = {}): Promise<Service> {
  const entry = join(root, 'dist/programs/server.js');
  if (!existsSync(entry)) throw new Error('Nothing is compiled. Run `npm run build` first.');
  const folder = await mkdtemp(join(tmpdir(), 'parlance-bench-'));
  const env = {
    ...process.env,
    PARLANCE_HOST: '127.0.0.1',
    // Any free one: the service says which.
    PARLANCE_PORT: '0',
    PARLANCE_DATA_DIR: folder,
    PARLANCE_LOG_LEVEL: 'error',
    PARLANCE_DEMO: 'off',
    PARLANCE_AUTH: 'open',
    ...settings,
  };
  // As `npm start` has it.
  const child = spawn(process.execPath, ['--max-semi-space-size=32', entry], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await address(child);
  await untilReady(url, child);
  return {
    url,
    sample: async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
      return {
        cpuSeconds: value('process_cpu_seconds_total'),
        loopDelayMs: Math.max(0, value('nodejs_eventloop_lag_p99_seconds') * 1000 - 10),
        mainMb: value('process_resident_memory_bytes') / 1024 ** 2,
        workersMb: value('parlance_worker_resident_bytes') / 1024 ** 2,
      };
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the service says that it listens on; the rest of what it prints is let go. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-1000);
      const url = /listens on (http:\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error('The service ended before it was ready.')));
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error('The service ended before it was ready.');
    const response = await fetch(`${url}/readyz`).catch(() => null);
    const state = response && ((await response.json()) as { workers?: { ready: number; total: number } });
    if (state?.workers && state.workers.ready === state.workers.total) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The service was not ready within a minute.');
}
