import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { ParlanceError } from '#contracts';
import type { Config } from '../config.ts';
import { withoutValues } from '../db/database-error.ts';
import { openPglite } from '../db/pglite.ts';
import { openPostgres } from '../db/postgres.ts';
import { requireDatabase } from './source.ts';

const rowsAtOnce = 200;

/** Rows copied, by table. */
export type MoveReport = Record<string, number>;

/**
 * Copies every row of the embedded database to the server of DATABASE_URL, whose tables are made first. It is one
 * transaction there: all of it or nothing, and the counts are compared before it commits. The embedded database is
 * only read, and the blobs stay where they are. Throws `invalid_input` without a DATABASE_URL, `not_found` when there is
 * no embedded database, `conflict` when the service is running or the server has rows of such a tenant already.
 */
export async function moveToPostgres(config: Config): Promise<MoveReport> {
  const { databaseUrl, databaseOwnerUrl, dataDir, root } = config;
  if (!databaseUrl) {
    throw new ParlanceError(
      'invalid_input',
      'Set DATABASE_URL and DATABASE_OWNER_URL to the server to move to.',
    );
  }
  const migrationsFolder = join(root, 'services/db/migrations');
  requireDatabase(dataDir);
  const source = await openPglite({ dataDir, migrationsFolder });
  const target = new pg.Client({ connectionString: databaseUrl, application_name: 'parlance db move' });
  // A lost connection fails the query in flight; unheard, this event would end the process as well.
  target.on('error', () => {});
  try {
    await (await openPostgres({ databaseUrl, databaseOwnerUrl, migrationsFolder })).close();
    await target.connect();
    await target.query('begin');
    const report: MoveReport = {};
    for (const table of await tablesOf(source.client))
      report[table] = await copyTable(source.client, target, table);
    await target.query('commit');
    return report;
  } catch (error) {
    throw withoutValues(error);
  } finally {
    await target.end();
    await source.close();
  }
}

async function tablesOf(source: PGlite): Promise<string[]> {
  const { rows } = await source.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  return rows.map((row) => row.name);
}

async function copyTable(source: PGlite, target: pg.Client, name: string): Promise<number> {
  const table = pg.escapeIdentifier(name);
  const { rows: tenants } = await source.query<{ tenant: string; count: number }>(
    `select tenant_id as tenant, count(*)::int as count from ${table} group by 1 order by 1`,
  );
  let total = 0;
  for (const { tenant, count } of tenants) {
    // The server binds this login too, so the copy goes through the same narrow door as every write.
    await target.query(`select set_config('role', 'app_user', true), set_config('app.tenant', $1, true)`, [
      tenant,
    ]);
    if ((await countOf(target, table)) > 0) {
      throw new ParlanceError('conflict', `The server already has rows of the tenant ${tenant} in ${table}.`);
    }
    await copyTenant(source, target, table, tenant);
    if ((await countOf(target, table)) !== count) {
      throw new ParlanceError(
        'internal',
        `Not every row of ${table} arrived. Nothing was kept on the server.`,
      );
    }
    total += count;
  }
  return total;
}

/** Rows travel as the JSON text that PostgreSQL itself writes and reads, so no type passes through JavaScript. */
async function copyTenant(source: PGlite, target: pg.Client, table: string, tenant: string): Promise<void> {
  await source.transaction(async (tx) => {
    await tx.query(
      `declare moving cursor for select row_to_json(t)::text as row from ${table} t where tenant_id = $1`,
      [tenant],
    );
    for (;;) {
      const { rows } = await tx.query<{ row: string }>(`fetch ${rowsAtOnce} from moving`);
      if (rows.length === 0) break;
      const batch = `[${rows.map((each) => each.row).join(',')}]`;
      await target.query(
        `insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`,
        [batch],
      );
    }
    await tx.query('close moving');
  });
}

async function countOf(target: pg.Client, table: string): Promise<number> {
  return (await target.query(`select count(*)::int as count from ${table}`)).rows[0].count;
}
