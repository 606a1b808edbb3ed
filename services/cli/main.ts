import { CommanderError } from 'commander';
import { asParlanceError, type ErrorCode, type ParlanceError } from '#contracts';
import { loadConfig } from '../config.ts';
import type { CliContext } from './context.ts';
import { type ExitCode, exitCodes, UsageError } from './exit.ts';
import { createProgram } from './program.ts';

/** Runs the command line and answers its exit code. `args` are those after the program's name. */
export async function main(args: string[]): Promise<ExitCode> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const output = watchOutput();
  let outcome: ExitCode = exitCodes.done;
  const context: CliContext = {
    config: loadConfig,
    signal: stop.signal,
    exit: (code) => {
      outcome = code;
    },
  };
  try {
    await createProgram(context, loadConfig({}).version).parseAsync(args.length === 0 ? ['serve'] : args, {
      from: 'user',
    });
    return (await output.failure()) ? exitCodes.failed : outcome;
  } catch (error) {
    if (stop.signal.aborted) return exitCodes.interrupted;
    return explain(error);
  } finally {
    process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt);
  }
}

/**
 * Hears the failures of standard output, which would otherwise end the process with a stack. `failure` waits until all
 * that was printed is handed over. Whoever closed the pipe, `head` perhaps, has what it wanted; of anything else,
 * such as a full disk, the person is told.
 */
function watchOutput(): { failure(): Promise<boolean> } {
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error) => {
    failure ??= error;
  });
  process.stderr.on('error', () => {});
  return {
    async failure() {
      await new Promise((resolve) => process.stdout.write('', resolve));
      if (failure && failure.code !== 'EPIPE')
        process.stderr.write(`The output cannot be written: ${failure.message}\n`);
      return failure !== undefined;
    },
  };
}

/** What would mend the most likely failures, where the message itself cannot know. */
const hints: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'Give a key with --api-key or PARLANCE_API_KEY.',
};

/** The flag that would mend what is wrong with a field of the same name. */
const flags: Record<string, string> = {
  '/column': 'Name it with --column.',
  '/delimiter': 'Try --delimiter, such as --delimiter ";" or --delimiter tab.',
  '/format': 'Say it with --input-format.',
};

function explain(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (thrown instanceof UsageError) {
    process.stderr.write(`${thrown.message}\n`);
    return exitCodes.usage;
  }
  const error = asParlanceError(thrown);
  // Whoever closed the pipe, `head` perhaps, has what it wanted.
  if (error.code === 'cancelled') return exitCodes.failed;
  if (error.code === 'internal') process.stderr.write(`${unforeseen(error)}\n`);
  else {
    const hint = hints[error.code] ?? flags[error.details.errors?.[0]?.pointer ?? ''];
    process.stderr.write(`${error.message}${hint ? ` ${hint}` : ''}\n`);
  }
  return error.code === 'invalid_input' ? exitCodes.usage : exitCodes.failed;
}

/** A file that cannot be written or a full disk is the system's to tell in its own words; all else is a fault of ours, with its stack. */
function unforeseen({ cause, message }: ParlanceError): string {
  if (!(cause instanceof Error)) return message;
  return 'syscall' in cause ? cause.message : (cause.stack ?? message);
}
