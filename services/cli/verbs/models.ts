import { type Command, Option } from 'commander';
import { pullRequest, taskName } from '#contracts';
import type { ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import type { ListedModel, ModelAccess } from '../models/access.ts';
import { showPull } from '../models/progress.ts';
import { print } from './print.ts';

interface ModelFlags extends ServerChoice {
  json?: boolean;
}

interface PullFlags extends ModelFlags {
  revision: string;
  task?: string;
  quiet?: boolean;
}

/** `models`: through the running server when there is one, else in the folders of this installation. */
export function addModelVerbs(program: Command, context: CliContext): void {
  const models = program.command('models').description('List, pull, check and remove models');
  const open = async (flags: ModelFlags) => {
    // Read when one of these verbs is called: it brings all that inference is made of.
    const { openModels } = await import('../models/access.ts');
    return await openModels(context.config(), flags, context.signal);
  };
  const verb = (name: string, description: string) =>
    models
      .command(name)
      .description(description)
      .option('--json', 'as JSON')
      .option('--server <url>', 'the server to ask (PARLANCE_URL)')
      .option('--api-key <key>', 'a key, with the scope admin to change something (PARLANCE_API_KEY)');

  verb('list', 'List the models; the first of a task is its default').action(async (flags: ModelFlags) => {
    const all = await (await open(flags)).list();
    print({ models: all }, flags.json, ['id', ...headings], all.map(row));
  });

  verb('show <id>', 'Show a model and its card').action(async (id: string, flags: ModelFlags) => {
    const model = await (await open(flags)).show(id);
    if (flags.json) return print(model, true, [], []);
    print(model, false, ['id', ...headings], [row(model)]);
    process.stdout.write(`\n${model.cardText.trim() || 'This model came without a card.'}\n`);
  });

  verb('pull <id>', 'Bring a model from the hub, such as owner/name')
    .option('--revision <name>', 'a branch, a tag or a commit', 'main')
    .addOption(new Option('--task <name>', 'what it is to be used for').choices(taskName.options))
    .option('-q, --quiet', 'no bar and no closing line')
    .action(async (id: string, flags: PullFlags) => {
      const parsed = pullRequest.safeParse({ model: id, revision: flags.revision, task: flags.task });
      if (!parsed.success) throw new UsageError(parsed.error.issues.map((each) => each.message).join('; '));
      const access = await open(flags);
      const bar = showPull(id, process.stderr.isTTY === true && !flags.quiet);
      const model = await access.pull(parsed.data, bar.update).finally(bar.stop);
      if (flags.json) return print(model, true, [], []);
      const said = `${model.id} at ${model.revision} is there, for ${model.task}.`;
      if (!flags.quiet) process.stderr.write(`${said}\n`);
    });

  verb('verify [id...]', 'Compare the files of models, or of all, with their sizes and sha256').action(
    async (ids: string[], flags: ModelFlags) => {
      const results = await verifyAll(await open(flags), ids);
      const rows = results.map(({ id, revision, problem }) => [id, revision, problem ?? 'whole']);
      print({ models: results }, flags.json, ['id', 'revision', 'state'], rows);
      if (results.some(({ problem }) => problem)) context.exit(exitCodes.failed);
    },
  );

  verb('remove <id>', 'Remove a model with its files; bundled ones stay')
    .option('-y, --yes', 'also one of your own folder, whose files nothing brings back')
    .action(async (id: string, flags: ModelFlags & { yes?: boolean }) => {
      const access = await open(flags);
      const own = (await access.list()).some((model) => model.id === id && model.source === 'dir');
      if (own && !flags.yes)
        throw new UsageError(
          `${id} lies in your folder of models, and nothing brings its files back. Say --yes to delete them.`,
        );
      await access.remove(id);
      if (flags.json) print({ removed: id }, true, [], []);
      else process.stderr.write(`${id} is removed.\n`);
    });
}

const headings = ['task', 'default', 'languages', 'type', 'size', 'licence', 'source', 'state'];

const row = (model: ListedModel): string[] => [
  model.id,
  model.task,
  model.default ? 'yes' : '',
  model.languages.join(', '),
  model.dtype,
  `${(model.bytes / 1e6).toFixed(1)} MB`,
  model.licence,
  model.source,
  model.state ?? '',
];

async function verifyAll(access: ModelAccess, ids: string[]) {
  const all = await access.list();
  const unknown = ids.find((id) => !all.some((each) => each.id === id));
  if (unknown !== undefined) throw new UsageError(`There is no model ${unknown}.`);
  const results: { id: string; revision: string; problem: string | undefined }[] = [];
  for (const { id, revision } of all.filter((each) => ids.length === 0 || ids.includes(each.id)))
    results.push({ id, revision, problem: await access.verify(id) });
  return results;
}
