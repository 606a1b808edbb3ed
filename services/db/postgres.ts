import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { ParlanceError } from '#contracts';
import type { Database, Transaction } from './database.ts';
import { migrateServer } from './migrate.ts';
import * as schema from './schema/index.ts';
import { refuseInsideTransaction, tenancy } from './tenancy.ts';

export interface PostgresOptions {
  databaseUrl: string;
  /** When given, migrations run with it first; when not, the tables must be there already. */
  databaseOwnerUrl?: string | undefined;
  migrationsFolder: string;
}

/**
 * A PostgreSQL server, version 15 or later, with pgvector. Throws `provider_failed` when it does not answer and
 * `invalid_input` when the login role is one that row-level security does not bind, or the tables are behind.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: 'parlance',
    connectionTimeoutMillis: 10_000,
  });
  // A server that restarts breaks idle connections. The pool replaces them; unheard, the event would end the process.
  pool.on('error', () => {});
  // While one is in use the pool does not listen: its query fails as well, and that is the error that counts.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    if (options.databaseOwnerUrl) await migrateServer(options.databaseOwnerUrl, options.migrationsFolder);
    const version = await checkServer(pool);
    await checkLogin(pool);
    await checkTables(pool, options.migrationsFolder);
    return {
      kind: 'postgres',
      version: () => version,
      ...tenancy(drizzle(pool, { schema }) as unknown as Transaction),
      snapshot: async () => null,
      async close() {
        refuseInsideTransaction();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw asOpenError(error);
  }
}

async function checkServer(pool: pg.Pool): Promise<string> {
  const version: string = (await pool.query('show server_version')).rows[0].server_version;
  if (Number.parseInt(version, 10) < 15) {
    throw refusal(`PostgreSQL ${version} is too old: Parlance needs 15 or later.`);
  }
  return version.split(' ')[0] ?? version;
}

/** Being a member of such a role is as good as being it: `set role` is all it takes. */
async function checkLogin(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`
    select session_user as login,
      exists (select from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member')) as exempt,
      exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and pg_has_role(session_user, relowner, 'member')) as owner,
      exists (select from pg_roles where rolname = 'app_user' and pg_has_role(session_user, oid, 'member')) as member`);
  const { login, exempt, owner, member } = rows[0];
  const advice =
    'Let DATABASE_URL log in as a role like parlance_app of services/db/roles.sql, and give the owner in DATABASE_OWNER_URL for migrations.';
  if (exempt) {
    throw refusal(
      `The role ${login} is a superuser or has BYPASSRLS, so nothing would keep tenants apart. ${advice}`,
    );
  }
  if (owner)
    throw refusal(`The role ${login} owns tables, so it could lift their row-level security. ${advice}`);
  if (!member) throw refusal(`The role ${login} is not a member of app_user. ${advice}`);
}

/** A database that is ahead is welcome: during a rolling update the older processes still run. */
async function checkTables(pool: pg.Pool, migrationsFolder: string): Promise<void> {
  const wanted = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
  const known = await pool.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as present`);
  const applied = known.rows[0].present
    ? Number(
        (await pool.query('select max(created_at) as latest from drizzle.__drizzle_migrations')).rows[0]
          .latest,
      )
    : 0;
  if (applied < wanted) {
    throw refusal('The tables are not there or behind this version. Set DATABASE_OWNER_URL and start again.');
  }
}

const refusal = (message: string) => new ParlanceError('invalid_input', message);

function asOpenError(error: unknown): unknown {
  if (error instanceof ParlanceError) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new ParlanceError(
    'provider_failed',
    `The database of DATABASE_URL could not be opened: ${reason}. Is it running and is the address right?`,
    { cause: error },
  );
}
