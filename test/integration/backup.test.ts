import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, moveToPostgres, restore } from '../../services/backup/index.ts';
import { openFolderBlobs } from '../../services/blobs/folder.ts';
import type { Config } from '../../services/config.ts';
import { appendEvents, readEvents } from '../../services/db/events.ts';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase, prepareFolder } from '../../services/db/memory.ts';
import { demoExamples } from '../../services/demo-examples.ts';
import { createExampleStore } from '../../services/examples.ts';
import { respondWithError } from '../../services/http/errors.ts';
import { authenticate } from '../../services/http/middleware/authenticate.ts';
import { newRouter } from '../../services/http/router.ts';
import { backupRoutes } from '../../services/http/routes/backup.ts';
import { createKeyStore } from '../../services/identity/keys.ts';
import { postgresForTests, query } from '../postgres.ts';

const silent = pino({ level: 'silent' });
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'parlance-backup-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const configFor = (name: string, changes: Partial<Config> = {}) =>
  ({
    version: '1.2.3',
    root,
    dataDir: join(folder, name),
    databaseUrl: undefined,
    databaseOwnerUrl: undefined,
    ...changes,
  }) as Config;

const event = {
  type: 'row-written',
  actor: { kind: 'system' as const, id: 's' },
  data: { text: 'Grüße "日本" \\' },
};
const original = configFor('original');
const file = join(folder, 'backup.tar.gz');
let secret = '';
let blobId = '';

/** An installation with two tenants, a key, the demo, events and a stored file; and its backup. */
beforeAll(async () => {
  await prepareFolder(original.dataDir);
  const database = await openDatabase(original);
  const request = { name: 'k', scopes: ['inference' as const], ratePerMinute: 5, expiresInDays: 30 };
  secret = (await createKeyStore(database).create({ tenant: 'a', actor: 'local' }, request)).secret ?? '';
  await createExampleStore(database).loadDemo('a');
  await createExampleStore(database).loadDemo('b');
  await database.withTenant('b', (tx) => appendEvents(tx, 't', Array(450).fill(event)));
  const blobs = await openFolderBlobs(join(original.dataDir, 'blobs'));
  blobId = (await blobs.put(Buffer.alloc(300_000, 'content'))).id;
  await blobs.put(Buffer.from(''));
  await database.close();
  expect(await backup(original, file)).toMatchObject({ databaseIncluded: true });
});

async function expectEverything(config: Config) {
  const database = await openDatabase(config);
  expect(await createKeyStore(database).authenticate(secret)).toMatchObject({
    tenant: 'a',
    ratePerMinute: 5,
  });
  expect(await createExampleStore(database).list('a')).toHaveLength(demoExamples.length);
  const events = await database.withTenant('b', (tx) => readEvents(tx, 't', 0, 1000));
  expect(events).toHaveLength(450);
  expect(events[449]).toMatchObject({ seq: 450, ...event });
  await database.close();
}

/** The archive with its members changed. */
async function tampered(name: string, change: (tar: Buffer) => Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file))), { level: 1 }));
  return path;
}

describe('restore', () => {
  it('brings everything back into an empty folder', async () => {
    const config = configFor('restored');
    expect(await restore(config, file)).toMatchObject({
      version: '1.2.3',
      blobs: { count: 2, size: 300_000 },
    });
    await expectEverything(config);
    const blobs = await openFolderBlobs(join(config.dataDir, 'blobs'));
    expect(await buffer(await blobs.get(blobId, { verify: true }))).toHaveLength(300_000);
    expect((await readdir(config.dataDir)).sort()).toEqual(['blobs', 'db']);
  });

  it('replaces what is there only by force', async () => {
    const config = configFor('used');
    await mkdir(join(config.dataDir, 'blobs'), { recursive: true });
    const blobs = await openFolderBlobs(join(config.dataDir, 'blobs'));
    const { id } = await blobs.put(Buffer.from('was here'));
    await expect(restore(config, file)).rejects.toMatchObject({ code: 'conflict' });
    expect(await blobs.has(id)).not.toBeNull();
    await restore(config, file, { force: true });
    expect(await blobs.has(id)).toBeNull();
    await expectEverything(config);
  });

  it('changes nothing when the archive is not what was backed up', async () => {
    const config = configFor('safe');
    const blobs = await openFolderBlobs(join(config.dataDir, 'blobs'));
    const { id } = await blobs.put(Buffer.from('precious'));
    const flip = (marker: string) => (tar: Buffer) => {
      const at = tar.indexOf(marker);
      expect(at).toBeGreaterThan(0);
      tar[at] = (tar[at] ?? 0) ^ 1;
      return tar;
    };
    const whole = await readFile(file);
    const bad = {
      cut: join(folder, 'cut.tar.gz'),
      cutInside: await tampered('cut-inside.tar.gz', (tar) =>
        tar.subarray(0, tar.indexOf('"format"') - 1024),
      ),
      blob: await tampered('blob.tar.gz', flip('contentcontent')),
      database: await tampered('database.tar.gz', flip('api_key_by_hash')),
      manifest: await tampered('manifest.tar.gz', (tar) => {
        tar.write('"format": 2', tar.indexOf('"format": 1'));
        return tar;
      }),
      text: join(folder, 'text.tar.gz'),
    };
    await writeFile(bad.cut, whole.subarray(0, whole.length - 1000));
    await writeFile(bad.text, 'not an archive');
    for (const path of Object.values(bad)) {
      const refused = { code: 'invalid_input', message: expect.stringContaining('Nothing was changed') };
      await expect(restore(config, path, { force: true }), path).rejects.toMatchObject(refused);
    }
    const missing = restore(config, join(folder, 'none.tar.gz'), { force: true });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
    expect(await blobs.has(id)).not.toBeNull();
    expect(await readdir(config.dataDir)).toEqual(['blobs']);
  });

  it('that was interrupted keeps the folder shut until it is repeated', async () => {
    const config = configFor('interrupted');
    await mkdir(join(config.dataDir, '.restore-swap'), { recursive: true });
    await expect(openDatabase(config)).rejects.toMatchObject({ code: 'conflict' });
    await expect(restore(config, file)).rejects.toMatchObject({ code: 'conflict' });
    await restore(config, file, { force: true });
    expect((await readdir(config.dataDir)).sort()).toEqual(['blobs', 'db']);
  });

  it('and backup leave a running installation alone', async () => {
    const database = await openDatabase(original);
    const other = join(folder, 'other.tar.gz');
    await expect(restore(original, file, { force: true })).rejects.toMatchObject({ code: 'conflict' });
    await expect(backup(original, other)).rejects.toMatchObject({ code: 'conflict' });
    await database.close();
    await expect(backup(original, file)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(folder)).not.toContain('other.tar.gz');
  });
});

it('backs up a running installation over HTTP while it is written to', async () => {
  const database = await openDatabase(original);
  const blobs = await openFolderBlobs(join(original.dataDir, 'blobs'));
  const keys = createKeyStore(database);
  const app = newRouter();
  app.onError((error, c) => respondWithError(c, error));
  app.use('/api/*', authenticate({ auth: 'open', keys }));
  app.route('/', backupRoutes({ database, blobs, version: '1.2.3', log: silent }));

  const admin = { name: 'admin', scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
  const stranger = await keys.create({ tenant: 'b', actor: 'local' }, admin);
  const theirs = { authorization: `Bearer ${stranger.secret}` };
  expect((await app.request('/api/v1/backup', { method: 'POST', headers: theirs })).status).toBe(403);
  const headers = { authorization: `Bearer ${secret}` };
  expect((await app.request('/api/v1/backup', { method: 'POST', headers })).status).toBe(403);

  let acknowledged = 0;
  let stop = false;
  const writing = (async () => {
    while (!stop) {
      const [written] = await database.withTenant('w', (tx) => appendEvents(tx, 'busy', [event]));
      acknowledged = written?.seq ?? 0;
      // The embedded database answers without giving the event loop a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const response = await app.request('/api/v1/backup', { method: 'POST' });
  expect(response.status).toBe(200);
  const before = acknowledged;
  const running = join(folder, 'running.tar.gz');
  await writeFile(running, Buffer.from(await response.arrayBuffer()));
  stop = true;
  await writing;
  await database.close();

  const config = configFor('from-running');
  await restore(config, running);
  const restored = await openDatabase(config);
  const events = await restored.withTenant('w', (tx) => readEvents(tx, 'busy', 0, 1_000_000));
  expect(events.map((each) => each.seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.length).toBeGreaterThanOrEqual(before);
  await restored.close();
});

it('fails as a stream when a stored file is damaged', async () => {
  const database = { ...(await openMemoryDatabase()), snapshot: async () => null };
  const path = join(folder, 'damaged');
  const blobs = await openFolderBlobs(path);
  const { id } = await blobs.put(Buffer.from('as it was'));
  await writeFile(join(path, id.slice(0, 2), id.slice(2)), 'as it is ');
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const app = newRouter();
  app.use(authenticate({ auth: 'open', keys: createKeyStore(database) }));
  app.route('/', backupRoutes({ database, blobs, version: '1.2.3', log }));
  const response = await app.request('/api/v1/backup', { method: 'POST' });
  await expect(response.arrayBuffer()).rejects.toThrow('damaged');
  expect(lines).toEqual([expect.stringContaining('A stored file is damaged')]);
  await database.close();
});

const server = await postgresForTests();
afterAll(() => server?.stop());

describe.skipIf(!server)('move to a server', () => {
  it('copies every row of every tenant, once', async () => {
    const urls = await server?.createDatabase();
    const databaseUrl = urls?.appUrl ?? '';
    const config = configFor('original', { databaseUrl, databaseOwnerUrl: urls?.ownerUrl });
    const report = await moveToPostgres(config);
    expect(report).toMatchObject({
      api_key: 2,
      audit_entry: 2,
      example: 2 * demoExamples.length,
      event_log: expect.any(Number),
    });
    const tables = await query<{ example: number; tenants: number }>(
      urls?.superuserUrl ?? '',
      'select count(*)::int as example, count(distinct tenant_id)::int as tenants from example',
    );
    expect(tables).toEqual([{ example: 2 * demoExamples.length, tenants: 2 }]);
    await expectEverything(config);
    await expectEverything(original);
    await expect(moveToPostgres(config)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves nothing behind when it fails half way', async () => {
    const urls = await server?.createDatabase();
    const config = configFor('original', { databaseUrl: urls?.appUrl, databaseOwnerUrl: urls?.ownerUrl });
    const database = await openDatabase(config);
    await createExampleStore(database).create('b', { task: 'sentiment', title: 't', text: 'x' });
    await expect(moveToPostgres(config)).rejects.toMatchObject({ code: 'conflict' });
    expect(await createKeyStore(database).list('a')).toEqual([]);
    expect(await createExampleStore(database).list('b')).toHaveLength(1);

    const path = join(folder, 'server.tar.gz');
    expect(await backup(config, path)).toMatchObject({ databaseIncluded: false });
    await expect(restore(configFor('x', { databaseUrl: urls?.appUrl }), file)).rejects.toMatchObject({
      code: 'unsupported',
    });
    await database.close();
  });

  it('needs an address', async () => {
    await expect(moveToPostgres(original)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
