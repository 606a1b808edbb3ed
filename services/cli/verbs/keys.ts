import { type Command, Option } from 'commander';
import { type ApiKey, createKeyRequest, scopes } from '#contracts';
import { clientOf, findServer, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { print } from './print.ts';

interface KeyFlags extends ServerChoice {
  json?: boolean;
}

interface CreateFlags extends KeyFlags {
  name: string;
  scopes?: string[];
  rate?: string;
  days?: string;
}

/** What the verbs need of a server's keys or of the database's own. */
interface Keys {
  list(): Promise<ApiKey[]>;
  create(
    request: ReturnType<typeof createKeyRequest.parse>,
  ): Promise<ApiKey & { secret?: string | undefined }>;
  revoke(id: string): Promise<ApiKey>;
}

/** `keys`: through the running server when there is one, else straight in the database, which is then nobody else's. */
export function addKeyVerbs(program: Command, context: CliContext): void {
  const keys = program.command('keys').description('Make, list and revoke API keys');
  const verb = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--json', 'as JSON')
      .option('--server <url>', 'the server to ask (PARLANCE_URL)')
      .option('--api-key <key>', 'a key with the scope admin (PARLANCE_API_KEY)');

  verb('list', 'List the keys, revoked ones too').action((flags: KeyFlags) =>
    withKeys(context, flags, async (store) => {
      const all = await store.list();
      const head = ['id', 'name', 'begins', 'scopes', 'last used', 'state'];
      print({ keys: all }, flags.json, head, all.map(row));
    }),
  );

  verb('create', 'Make a key; its secret is shown once')
    .requiredOption('-n, --name <name>', 'what it is for')
    .addOption(new Option('-s, --scopes <scope...>', 'what it may do').choices(scopes).default(['inference']))
    .option('--rate <n>', 'requests a minute it may make')
    .option('--days <n>', 'days until it expires')
    .action((flags: CreateFlags) => {
      const parsed = createKeyRequest.safeParse({
        name: flags.name,
        scopes: flags.scopes,
        ratePerMinute: flags.rate === undefined ? null : Number(flags.rate),
        expiresInDays: flags.days === undefined ? null : Number(flags.days),
      });
      if (!parsed.success)
        throw new UsageError(parsed.error.issues.map((each) => `${each.path}: ${each.message}`).join('; '));
      return withKeys(context, flags, async (store) => {
        const created = await store.create(parsed.data);
        if (flags.json) print(created, true, [], []);
        else {
          process.stderr.write(
            `Key ${created.id} (${created.scopes.join(', ')}). Keep the secret: it is not shown again.\n`,
          );
          process.stdout.write(`${created.secret}\n`);
        }
      });
    });

  verb('revoke <id>', 'End a key').action((id: string, flags: KeyFlags) =>
    withKeys(context, flags, async (store) => {
      const revoked = await store.revoke(id);
      if (flags.json) print(revoked, true, [], []);
      else process.stderr.write(`Key ${revoked.id} (${revoked.name}) is revoked.\n`);
    }),
  );
}

async function withKeys(
  context: CliContext,
  flags: ServerChoice,
  work: (keys: Keys) => Promise<void>,
): Promise<void> {
  const config = context.config();
  const server = await findServer(config, flags);
  if (server) return work(clientOf(server).keys);
  const [{ openDatabase }, { createKeyStore }, { defaultTenant }] = await Promise.all([
    import('../../db/index.ts'),
    import('../../identity/keys.ts'),
    import('../../principal.ts'),
  ]);
  const database = await openDatabase(config);
  try {
    const store = createKeyStore(database);
    const author = { tenant: defaultTenant, actor: 'command-line' };
    await work({
      list: () => store.list(defaultTenant),
      create: (request) => store.create(author, request),
      revoke: (id) => store.revoke(author, id),
    });
  } finally {
    await database.close();
  }
}

function row(key: ApiKey): string[] {
  const expired = key.expiresAt !== null && new Date(key.expiresAt) <= new Date();
  const state = key.revokedAt ? 'revoked' : expired ? 'expired' : 'active';
  return [key.id, key.name, key.prefix, key.scopes.join(', '), key.lastUsedAt ?? 'never', state];
}
