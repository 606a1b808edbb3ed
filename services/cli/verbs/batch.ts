import { existsSync, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { ParlanceClient } from '#client';
import {
  type Batch,
  type BatchRowError,
  type InputFormat,
  inputFormat,
  type ResultFormat,
  resultFormat,
  type TaskName,
  taskName,
} from '#contracts';
import { clientOf, findServer, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { newProgress } from '../score/progress.ts';
import { openSink } from '../score/sink.ts';
import { print } from './print.ts';

interface BatchFlags extends ServerChoice {
  json?: boolean;
}

interface SubmitFlags extends BatchFlags {
  task: TaskName;
  model?: string;
  options?: string;
  column?: string;
  inputFormat?: InputFormat;
  delimiter?: string;
  carry?: string[];
  wait?: boolean;
}

interface ResultFlags extends ServerChoice {
  out?: string;
  format?: ResultFormat;
}

/** `batch`: long jobs over files, which the server carries out whether or not this command waits. */
export function addBatchVerbs(program: Command, context: CliContext): void {
  const batch = program.command('batch').description('Start, follow and end jobs over files on a server');
  const bare = (name: string, description: string) =>
    batch
      .command(name)
      .description(description)
      .option('--server <url>', 'the server to ask (PARLANCE_URL)')
      .option('--api-key <key>', 'a key with the scope inference (PARLANCE_API_KEY)');
  const verb = (name: string, description: string) => bare(name, description).option('--json', 'as JSON');

  verb('submit <file>', 'Start a job over a CSV, JSON Lines or text file')
    .addOption(
      new Option('-t, --task <task>', 'what to do with each row')
        .choices(taskName.options)
        .makeOptionMandatory(),
    )
    .option('-m, --model <id>', 'another model than the default')
    .option('--options <json>', 'options of the task, such as \'{"target":"es"}\'')
    .option('-c, --column <name>', 'the column or field that holds the text')
    .addOption(
      new Option('--input-format <format>', 'where the name does not say').choices(inputFormat.options),
    )
    .option('--delimiter <character>', 'between the fields of a CSV file, such as ";" or tab')
    .option('--carry <names...>', 'the columns that the results repeat; all when left out')
    .option('-w, --wait', 'stay until the job has ended')
    .action((file: string, flags: SubmitFlags) => submit(context, file, flags));

  verb('list', 'List the latest jobs').action(async (flags: BatchFlags) => {
    const { batches } = await (await serverOf(context, flags)).batches.list();
    show(batches, { batches }, flags);
  });

  verb('show <id>', 'Say how a job stands').action(async (id: string, flags: BatchFlags) => {
    const job = await (await serverOf(context, flags)).batches.get(id);
    show([job], job, flags);
  });

  for (const [name, description] of [
    ['pause', 'Let a job stand still until it is resumed'],
    ['resume', 'Let it go on'],
    ['cancel', 'End a job for good; the results there are stay'],
  ] as const) {
    verb(`${name} <id>`, description).action(async (id: string, flags: BatchFlags) => {
      const job = await (await serverOf(context, flags)).batches[name](id);
      show([job], job, flags);
    });
  }

  verb('remove <id>', 'Delete a job with its file and its results').action(
    async (id: string, flags: BatchFlags) => {
      await (await serverOf(context, flags)).batches.remove(id);
      print({ removed: id }, flags.json, ['removed'], [[id]]);
    },
  );

  verb('errors <id>', 'List the first rows that failed').action(async (id: string, flags: BatchFlags) => {
    const page = await (await serverOf(context, flags)).batches.errors(id);
    print(page, flags.json, ['row', 'why', 'text'], page.errors.map(errorRow));
  });

  bare('results <id>', 'Write the results there are')
    .option('-o, --out <file>', 'write here instead of standard output')
    .addOption(new Option('-f, --format <format>', 'how to write').choices(resultFormat.options))
    .action((id: string, flags: ResultFlags) => results(context, id, flags));
}

async function submit(context: CliContext, file: string, flags: SubmitFlags): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const { task, model, column, inputFormat: format, delimiter, carry } = flags;
  const options = optionsOf(flags.options);
  const { batches } = await serverOf(context, flags);
  const fields = { task, model, options, column, format, delimiter, carry };
  const { signal } = context;
  let job = await batches.submit(await openAsBlob(file), basename(file), fields, { signal });
  if (flags.wait) job = await wait(batches, job, signal);
  show([job], job, flags);
  if (job.state === 'failed') context.exit(exitCodes.failed);
  else if (job.state === 'done' && job.rows.failed > 0) context.exit(exitCodes.someRowsFailed);
}

async function wait(batches: ParlanceClient['batches'], job: Batch, signal: AbortSignal): Promise<Batch> {
  const progress = newProgress({ size: job.rows.total, show: Boolean(process.stderr.isTTY) });
  let last = job;
  try {
    for await (const now of batches.follow(job.id, { signal })) {
      progress.bytes(now.rows.done - last.rows.done);
      progress.rows(now.rows.done - last.rows.done);
      last = now;
      if (now.state === 'paused') break;
    }
  } finally {
    progress.stop();
  }
  return last;
}

function optionsOf(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('--options is not JSON.');
  }
}

async function results(
  context: CliContext,
  id: string,
  { format, out, ...choice }: ResultFlags,
): Promise<void> {
  const { batches } = await serverOf(context, choice);
  const body = await batches.results(id, format, { signal: context.signal });
  const sink = openSink(out);
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) await sink.write(text);
  } finally {
    await sink.close();
  }
}

async function serverOf(context: CliContext, choice: ServerChoice): Promise<ParlanceClient> {
  const server = await findServer(context.config(), choice);
  if (server) return clientOf(server);
  throw new UsageError(
    'A job runs on a server, and none answers: start one with "parlance serve". Without a server a file is worked through by the verb of the task, such as "parlance sentiment FILE".',
  );
}

function show(jobs: Batch[], asJson: unknown, { json }: BatchFlags): void {
  const head = ['id', 'file', 'task', 'state', 'rows', 'failed', 'left', 'why'];
  print(asJson, json, head, jobs.map(jobRow));
}

const jobRow = ({ id, file, task, state, rows, secondsLeft, problem }: Batch): string[] => [
  ...[id, file.name, task, state, `${rows.done} of ${rows.total}`, String(rows.failed)],
  ...[secondsLeft === null ? '' : `${Math.ceil(secondsLeft / 60)} min`, problem ?? ''],
];

const errorRow = ({ row, error, text }: BatchRowError): string[] => [
  String(row),
  error.detail,
  (text ?? '').replaceAll(/\s+/g, ' ').slice(0, 60),
];
