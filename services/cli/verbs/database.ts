import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { ParlanceError } from '#contracts';
import { requireNewFile } from '../../backup/target.ts';
import { asStorageError } from '../../db/storage-error.ts';
import { clientOf, findServer, type ServerAt, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { print } from './print.ts';

/** `db`, `backup` and `restore`: what an operator does with the data. */
export function addDatabaseVerbs(program: Command, context: CliContext): void {
  const db = program.command('db').description('Bring the tables up to date, or move to PostgreSQL');

  db.command('migrate')
    .description('Bring the tables up to date; a server does so by itself when it starts')
    .action(async () => {
      const { openDatabase } = await import('../../db/index.ts');
      const database = await openDatabase(context.config());
      process.stderr.write(`The tables are up to date (${database.kind} ${database.version()}).\n`);
      await database.close();
    });

  db.command('move')
    .description('Copy the embedded database to the server that DATABASE_URL names')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { moveToPostgres } = await import('../../backup/index.ts');
      const rows = await moveToPostgres(context.config());
      const lines = Object.entries(rows).map(([table, count]) => [table, String(count)]);
      print(rows, json, ['table', 'rows copied'], lines);
    });

  program
    .command('backup <file>')
    .description('Write everything to a new .tar.gz; the server may go on running')
    .option('--server <url>', 'the server to ask (PARLANCE_URL)')
    .option('--api-key <key>', 'a key with the scope admin (PARLANCE_API_KEY)')
    .action(async (file: string, flags: ServerChoice) => {
      const config = context.config();
      const server = await findServer(config, flags);
      if (server) await download(server, file, context.signal);
      else await (await import('../../backup/index.ts')).backup(config, file);
      const { size } = await stat(file);
      process.stderr.write(`${file} holds the backup (${(size / 1e6).toFixed(1)} MB).\n`);
      if (config.databaseUrl)
        process.stderr.write('The PostgreSQL database is not in it: use pg_dump for that.\n');
    });

  program
    .command('restore <file>')
    .description('Put a backup into the data folder of a server that is not running')
    .option('--force', 'replace what the folder holds')
    .action(async (file: string, { force }: { force?: boolean }) => {
      const { restore } = await import('../../backup/index.ts');
      const config = context.config();
      const manifest = await restore(config, file, { force });
      process.stderr.write(`${config.dataDir} holds the backup of ${manifest.createdAt}.\n`);
    });
}

/** Under its own name only when it is whole. */
async function download(server: ServerAt, file: string, signal: AbortSignal): Promise<void> {
  // Before the server is asked: it would begin, and be left in the middle.
  requireNewFile(file);
  const partial = `${file}.part`;
  try {
    const body = await clientOf(server).backup({ signal });
    await pipeline(Readable.fromWeb(body as never), createWriteStream(partial, { mode: 0o600, flush: true }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    // What fetch throws when a body ends before its end.
    if (error instanceof TypeError)
      throw new ParlanceError('provider_failed', `${server.url} broke off the backup.`, { cause: error });
    throw asStorageError(error);
  }
}
