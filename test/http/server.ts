import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Running, serve } from '#services';

/** A running server of its own, with the fake engine and an empty data folder that goes with it. */
export interface TestServer {
  url: string;
  running: Running;
  /** The JSON at a path, untyped: tests look into it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it names
  json(path: string): Promise<any>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export async function startServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-http-'));
  const config = loadConfig({
    PARLANCE_PORT: '0',
    PARLANCE_DATA_DIR: folder,
    PARLANCE_ENGINE: 'fake',
    PARLANCE_WORKERS: '1',
    PARLANCE_LOG_LEVEL: 'silent',
    ...settings,
  });
  const running = await serve(config);
  await running.ready;
  return {
    url: running.url,
    running,
    json: async (path) => (await fetch(running.url + path)).json(),
    post: (path, body, headers = {}) =>
      fetch(running.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
