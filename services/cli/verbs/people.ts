import { type Command, Option } from 'commander';
import { type CreatedInvitation, type InviteRequest, inviteRequest, roles, type User } from '#contracts';
import { clientOf, findServer, ownUrl, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { print } from './print.ts';

interface PeopleFlags extends ServerChoice {
  json?: boolean;
}

interface InviteFlags extends PeopleFlags {
  role: string[];
}

/** What the verbs need of a server's people or of the database's own. */
interface People {
  /** Where the invited will find the page. */
  url: string;
  list(): Promise<User[]>;
  invite(request: InviteRequest): Promise<CreatedInvitation>;
}

/** `people`: through the running server when there is one, else straight in the database, which is then nobody else's. */
export function addPeopleVerbs(program: Command, context: CliContext): void {
  const people = program.command('people').description('Invite people and see who is here');
  const verb = (name: string, description: string) =>
    people
      .command(name)
      .description(description)
      .option('--json', 'as JSON')
      .option('--server <url>', 'the server to ask (PARLANCE_URL)')
      .option('--api-key <key>', 'a key with the scope admin (PARLANCE_API_KEY)');

  verb('list', 'List people, disabled ones too').action((flags: PeopleFlags) =>
    withPeople(context, flags, async (store) => {
      const users = await store.list();
      print({ users }, flags.json, ['id', 'name', 'e-mail', 'roles', 'state'], users.map(row));
    }),
  );

  verb('invite <email>', 'Make an invitation; its address is shown once and works for seven days')
    .addOption(new Option('-r, --role <role...>', 'what they are here for').choices(roles).default(['agent']))
    .action((email: string, flags: InviteFlags) => {
      const parsed = inviteRequest.safeParse({ email, roles: flags.role });
      if (!parsed.success) throw new UsageError(parsed.error.issues.map((each) => each.message).join('; '));
      return withPeople(context, flags, async (store) => {
        const invited = await store.invite(parsed.data);
        if (flags.json) print(invited, true, [], []);
        else {
          process.stderr.write(
            `${invited.email} (${invited.roles.join(', ')}) joins at this address, once, within seven days.\n`,
          );
          process.stdout.write(`${store.url}/invitation/${invited.token}\n`);
        }
      });
    });
}

async function withPeople(
  context: CliContext,
  flags: ServerChoice,
  work: (people: People) => Promise<void>,
): Promise<void> {
  const config = context.config();
  const server = await findServer(config, flags);
  if (server) {
    const { people, invitations } = clientOf(server);
    return work({ url: server.url, list: people.list, invite: invitations.create });
  }
  const [{ openDatabase }, { createPeople }, { defaultTenant }] = await Promise.all([
    import('../../db/index.ts'),
    import('../../people/index.ts'),
    import('../../principal.ts'),
  ]);
  const database = await openDatabase(config);
  try {
    const { users, invitations } = createPeople(database, config);
    const author = { tenant: defaultTenant, actor: 'command-line', user: null };
    await work({
      url: ownUrl(config),
      list: () => users.list(defaultTenant),
      invite: (request) => invitations.create(author, request),
    });
  } finally {
    await database.close();
  }
}

function row(user: User): string[] {
  const state = user.disabledAt ? 'disabled' : user.availability;
  return [user.id, user.name, user.email ?? '', user.roles.join(', '), state];
}
