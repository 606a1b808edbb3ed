import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../services/db/index.ts';
import { example } from '../../services/db/schema/index.ts';
import { postgresForTests, query, type TestPostgres } from '../postgres.ts';
import { databaseSuite } from '../suites/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const open = (databaseUrl: string, databaseOwnerUrl?: string) =>
  openDatabase({ root, dataDir: 'unused', databaseUrl, databaseOwnerUrl });

const server = await postgresForTests();
afterAll(() => server?.stop());

describe.skipIf(!server)('with a server', () => {
  const postgres = server as TestPostgres;

  databaseSuite('PostgreSQL', async () => {
    const { appUrl, ownerUrl, superuserUrl } = await postgres.createDatabase();
    const db = await open(appUrl, ownerUrl);
    return { db, asSuperuser: (statement) => query(superuserUrl, statement) };
  });

  it('refuses a login that row-level security does not bind', async () => {
    const { appUrl, ownerUrl, superuserUrl } = await postgres.createDatabase();
    const refused = (reason: string) => ({ code: 'invalid_input', message: expect.stringContaining(reason) });
    await expect(open(superuserUrl, ownerUrl)).rejects.toMatchObject(refused('superuser'));
    await expect(open(ownerUrl, ownerUrl)).rejects.toMatchObject(refused('owns tables'));
    await query(superuserUrl, 'create role bypasser login bypassrls in role app_user');
    await query(superuserUrl, 'create role member login in role parlance_owner, app_user');
    await expect(open(appUrl.replace('parlance_app', 'bypasser'))).rejects.toMatchObject(
      refused('BYPASSRLS'),
    );
    await expect(open(appUrl.replace('parlance_app', 'member'))).rejects.toMatchObject(
      refused('owns tables'),
    );
    await query(superuserUrl, 'create role stranger login');
    await expect(open(appUrl.replace('parlance_app', 'stranger'))).rejects.toMatchObject(
      refused('not a member'),
    );
  });

  it('says what to do when the tables are missing, the server is away or roles.sql did not run', async () => {
    const { appUrl, superuserUrl } = await postgres.createDatabase();
    const missing = { code: 'invalid_input', message: expect.stringContaining('DATABASE_OWNER_URL') };
    await expect(open(appUrl)).rejects.toMatchObject(missing);
    const away = { code: 'provider_failed', message: expect.stringContaining('DATABASE_URL') };
    await expect(open('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject(away);
    await query(superuserUrl, 'create role powerless login');
    const powerless = { code: 'invalid_input', message: expect.stringContaining('roles.sql') };
    await expect(open(appUrl, appUrl.replace('parlance_app', 'powerless'))).rejects.toMatchObject(powerless);
  });

  it('lets three processes migrate at once', async () => {
    const { appUrl, ownerUrl } = await postgres.createDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => open(appUrl, ownerUrl)));
    expect(opened.map((db) => db.version())).toEqual(Array(3).fill(expect.stringMatching(/^\d+/)));
    await Promise.all(opened.map((db) => db.close()));
  });

  it('outlives the loss of a connection inside a transaction', async () => {
    const { appUrl, ownerUrl, superuserUrl } = await postgres.createDatabase();
    const db = await open(appUrl, ownerUrl);
    const lost = db.withTenant('t', async (tx) => {
      const found = (await tx.execute(sql`select pg_backend_pid() as pid`)) as { rows: { pid: number }[] };
      await query(superuserUrl, `select pg_terminate_backend(${found.rows[0]?.pid}, 5000)`);
      await tx.select().from(example);
    });
    await expect(lost).rejects.toThrow('The database query failed');
    expect(await db.withTenant('t', (tx) => tx.select().from(example))).toEqual([]);
    await db.close();
  });

  it('holds against statements that try to get out of the role', async () => {
    const { appUrl, ownerUrl } = await postgres.createDatabase();
    const db = await open(appUrl, ownerUrl);
    const row = { id: '1', task: 'sentiment' as const, title: 't', text: 'x' };
    await db.withTenant('a', (tx) => tx.insert(example).values(row));
    const seenAfter = (statement: string) =>
      db
        .withTenant('b', async (tx) => {
          await tx.execute(sql.raw(statement));
          return (await tx.select().from(example)).length;
        })
        .catch(() => 'refused');
    expect(await seenAfter('reset role')).toBe(0);
    expect(await seenAfter('set local role postgres')).toBe('refused');
    expect(await seenAfter('set local role parlance_owner')).toBe('refused');
    expect(await seenAfter('set session authorization postgres')).toBe('refused');
    expect(await seenAfter('set local row_security = off')).toBe('refused');
    expect(await seenAfter('alter table example disable row level security')).toBe('refused');
    await db.close();
  });
});
