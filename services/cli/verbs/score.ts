import type { Command } from 'commander';
import { Option } from 'commander';
import { invalidInput, type TaskName, taskContracts } from '#contracts';
import type { TaskOptions } from '../../rows/backend.ts';
import { inputFormats } from '../../rows/formats.ts';
import { newWriter, type OutputFormat, outputFormats } from '../../rows/output.ts';
import { connect, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { type CliInputFormat, type Input, openInput } from '../score/input.ts';
import { newProgress, type Progress } from '../score/progress.ts';
import { describe, exitCodeOf, runRows } from '../score/run.ts';
import { openSink, refuseSameFile } from '../score/sink.ts';

export interface ScoreFlags extends ServerChoice {
  column?: string;
  delimiter?: string;
  inputFormat?: CliInputFormat;
  format?: OutputFormat;
  json?: boolean;
  out?: string;
  model?: string;
  quiet?: boolean;
}

/** The flags that every verb over rows has. */
export function rowsCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .argument('[file]', 'CSV, TSV, JSON Lines or plain text with one text a line; - is standard input', '-')
    .option('-c, --column <name>', 'the column or field that holds the text')
    .option('-o, --out <file>', 'write here instead of standard output')
    .addOption(new Option('-f, --format <format>', 'how to write').choices(outputFormats))
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--input-format <format>', 'how to read, where the name does not say').choices(inputFormats),
    )
    .option('--delimiter <character>', 'between the fields of a CSV file, such as ";" or tab')
    .option('-m, --model <id>', 'another model than the default')
    .option('--server <url>', 'the server to ask (PARLANCE_URL)')
    .option('--api-key <key>', 'the key to show it (PARLANCE_API_KEY)')
    .option('-q, --quiet', 'no progress and no summary');
}

/** Whoever would answer, what is wrong with the options is said before anything is read. Throws `invalid_input`. */
function checkOptions<N extends TaskName>(task: N, { model: _, ...options }: TaskOptions<N>): void {
  const { error } = taskContracts[task].options.safeParse(options);
  if (error) throw invalidInput(error, 'The flags');
}

/** Runs one task over a file or a pipe and sets the exit code. */
export async function scoreRows<N extends TaskName>(
  context: CliContext,
  task: N,
  file: string,
  flags: ScoreFlags,
  options: TaskOptions<N>,
): Promise<void> {
  refuseSameFile(file, flags.out);
  checkOptions(task, options);
  if (file === '-' && process.stdin.isTTY && !flags.quiet) {
    process.stderr.write('Reading one text a line from the keyboard; Ctrl-D ends.\n');
  }
  const { signal } = context;
  let progress: Progress | undefined;
  const input = await openInput(
    { ...flags, file, format: flags.inputFormat },
    {
      signal,
      onBytes: (count) => progress?.bytes(count),
    },
  );
  const backend = await connect(context.config(), flags);
  const started = performance.now();
  try {
    const toTerminal = flags.out === undefined && Boolean(process.stdout.isTTY);
    progress = newProgress({
      size: input.size,
      show: Boolean(process.stderr.isTTY) && !toTerminal && !flags.quiet,
    });
    const writer = newWriter(formatOf(flags, input, toTerminal), {
      delimiter: input.delimiter,
      width: process.stdout.columns ?? 100,
    });
    const sink = openSink(flags.out);
    const summary = await runRows({ input, backend, task, options, writer, sink, progress, signal });
    const seconds = (performance.now() - started) / 1000;
    if (!flags.quiet) process.stderr.write(`${describe(summary, seconds, backend.where)}\n`);
    context.exit(exitCodeOf(summary));
  } finally {
    await backend.close();
  }
}

/** What was asked for; else a table for eyes, and for everything else what the input was. */
function formatOf(flags: ScoreFlags, input: Input, toTerminal: boolean): OutputFormat {
  if (flags.json) return 'json';
  if (flags.format) return flags.format;
  if (toTerminal) return 'table';
  return input.format === 'jsonl' ? 'jsonl' : 'csv';
}
