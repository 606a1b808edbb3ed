import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, loadConfig, type Running, type Seams, serve } from '#services';
import { openDatabase } from '../../services/db/index.ts';
import { prepareFolder } from '../../services/db/memory.ts';
import { createKeyStore } from '../../services/identity/keys.ts';
import { bundled } from '../fixtures/bundled.ts';

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

const workerUrl = pathToFileURL(bundled('inference-worker'));

/** `prepare` runs on the data folder before the server does, such as `makeKey`; `seams` take the place of parts of it. */
export async function startServer(
  settings: Record<string, string> = {},
  prepare?: (config: Config) => Promise<unknown>,
  seams?: Seams,
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-http-'));
  const config = loadConfig({
    PARLANCE_PORT: '0',
    PARLANCE_DATA_DIR: folder,
    PARLANCE_ENGINE: 'fake',
    PARLANCE_WORKERS: '1',
    PARLANCE_LOG_LEVEL: 'silent',
    ...settings,
  });
  // A folder that a test names is that test's.
  if (config.dataDir === folder) await prepareFolder(folder);
  await prepare?.(config);
  const running = await serve(config, { workerUrl, ...seams }).catch(async (error) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
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

/** The secret of a first key with every scope, made as `parlance keys create` does before a first start. */
export async function makeKey(config: Config): Promise<string> {
  const database = await openDatabase(config);
  const author = { tenant: 'default', actor: 'local' };
  const request = { name: 'first', scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
  const { secret = '' } = await createKeyStore(database).create(author, request);
  await database.close();
  return secret;
}
