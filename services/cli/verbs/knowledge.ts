import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { language, type Source } from '#contracts';
import { filesBelow } from '../../knowledge/files.ts';
import type { ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { type KnowledgeAccess, openKnowledge } from '../knowledge/access.ts';
import { addFiles } from '../knowledge/add-files.ts';
import { print } from './print.ts';

interface KnowledgeFlags extends ServerChoice {
  json?: boolean;
}

interface AddFlags extends KnowledgeFlags {
  language?: string;
  quiet?: boolean;
}

interface SearchFlags extends KnowledgeFlags {
  language?: string;
  limit: string;
}

/** `knowledge`: what the bot answers from, in the running server or else straight in the database. */
export function addKnowledgeVerbs(program: Command, context: CliContext): void {
  const knowledge = program.command('knowledge').description('Add, list, search and remove documents');
  const verb = (name: string, description: string) =>
    knowledge
      .command(name)
      .description(description)
      .option('--json', 'as JSON')
      .option('--server <url>', 'the server to ask (PARLANCE_URL)')
      .option('--api-key <key>', 'a key with the scope admin (PARLANCE_API_KEY)');

  verb('add <path...>', 'Read documents: files, or folders with all that is below')
    .option('-l, --language <code>', 'where a document does not say its own, such as en')
    .option('-q, --quiet', 'no progress and no summary')
    .action((paths: string[], flags: AddFlags) => add(context, paths, flags));

  verb('list', 'List the documents').action((flags: KnowledgeFlags) =>
    withKnowledge(context, flags, false, async (access) => {
      const sources = await access.list();
      print(
        { sources },
        flags.json,
        ['name', 'title', 'language', 'state', 'passages', 'problem'],
        sources.map(row),
      );
    }),
  );

  verb('search <question>', 'Show what a question finds, and why')
    .option('-l, --language <code>', 'prefer passages in this language')
    .option('-n, --limit <n>', 'how many passages', '5')
    .action((question: string, flags: SearchFlags) => search(context, question, flags));

  verb('remove <name...>', 'Remove documents by name or id').action(
    (names: string[], flags: KnowledgeFlags) =>
      withKnowledge(context, flags, false, async (access) => {
        const sources = await access.list();
        const found = names.map((name) => named(sources, name));
        for (const { id } of found) await access.remove(id);
        print(
          { removed: found },
          flags.json,
          ['removed'],
          found.map(({ name }) => [name]),
        );
      }),
  );
}

async function add(context: CliContext, paths: string[], flags: AddFlags): Promise<void> {
  checkLanguage(flags.language);
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UsageError(`There is no file or folder ${missing}.`);
  const files = (await Promise.all(paths.map(filesBelow))).flat();
  if (files.length === 0) throw new UsageError('There is no .md, .html, .txt, .docx or .pdf in there.');
  await withKnowledge(context, flags, true, async (access) => {
    const show = Boolean(process.stderr.isTTY) && !flags.quiet;
    const added = await addFiles(access, files, flags.language, { show, signal: context.signal });
    const failed = added.filter(({ problem }) => problem !== null);
    if (flags.json) print({ documents: added }, true, [], []);
    else if (failed.length > 0)
      print(
        null,
        false,
        ['not read', 'why'],
        failed.map(({ name, problem }) => [name, problem ?? '']),
      );
    if (!flags.quiet) {
      const passages = added.reduce(
        (sum, { source }) => sum + (source?.state === 'ready' ? source.passages : 0),
        0,
      );
      process.stderr.write(
        `${added.length - failed.length} of ${added.length} documents read, ${passages} passages (${access.where}).\n`,
      );
    }
    if (failed.length > 0) context.exit(exitCodes.someRowsFailed);
  });
}

async function search(context: CliContext, question: string, flags: SearchFlags): Promise<void> {
  checkLanguage(flags.language);
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    throw new UsageError('--limit is a whole number from 1 to 50.');
  await withKnowledge(context, flags, true, async (access) => {
    const found = await access.search(question, flags.language, limit);
    const head = ['evidence', 'cosine', 'words', 'document', 'heading', 'passage'];
    const rows = found.hits.map(({ evidence, cosine, coverage, passage }) => [
      ...[evidence, cosine, coverage].map((share) => share.toFixed(2)),
      passage.sourceName,
      passage.headings.at(-1) ?? passage.title,
      shorten(passage.text),
    ]);
    print(found, flags.json, head, rows);
    if (flags.json) return;
    const verdict = found.answerable ? 'The bot would answer' : 'The bot would refuse';
    process.stderr.write(
      `${verdict}: the best evidence is ${(found.hits[0]?.evidence ?? 0).toFixed(2)}, ${found.threshold} is needed.\n`,
    );
  });
}

async function withKnowledge(
  context: CliContext,
  flags: ServerChoice,
  models: boolean,
  work: (access: KnowledgeAccess) => Promise<void>,
): Promise<void> {
  const access = await openKnowledge(context.config(), flags, { models });
  try {
    await work(access);
  } finally {
    await access.close();
  }
}

function checkLanguage(code: string | undefined): void {
  const parsed = language.optional().safeParse(code);
  if (!parsed.success) throw new UsageError(parsed.error.issues[0]?.message ?? '');
}

function named(sources: Source[], name: string): Source {
  const found = sources.find((each) => each.name === name || each.id === name);
  if (!found) throw new UsageError(`There is no document ${name}; nothing was removed.`);
  return found;
}

const row = ({ name, title, language: spoken, state, passages, problem }: Source) => [
  name,
  title,
  spoken,
  state,
  String(passages),
  problem ?? '',
];

const shorten = (text: string) => (text.length > 70 ? `${text.slice(0, 69)}…` : text).replaceAll('\n', ' ');
