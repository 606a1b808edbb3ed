import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { ParlanceError } from '#contracts';

/** Any number that no other program on the server uses: the lock all migrators take. */
const migrationLock = 7_270_431_902;

/**
 * Brings the tables of a server up to date, as the owner of `ownerUrl`. Several processes may do it at once: the
 * migrator has no lock of its own, so they wait for one another. A migration that fails is rolled back whole.
 * Throws `invalid_input` when the role may not create what the migrations create.
 */
export async function migrateServer(ownerUrl: string, migrationsFolder: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'parlance migrate' });
  // A lost connection fails the query in flight; unheard, this event would end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
  } catch (error) {
    if (!lacksPrivilege(error)) throw error;
    throw new ParlanceError(
      'invalid_input',
      'The role of DATABASE_OWNER_URL may not create what Parlance needs. A superuser runs services/db/roles.sql in this database once.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

function lacksPrivilege(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && each.code === '42501') return true;
  }
  return false;
}
