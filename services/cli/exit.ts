/** What the exit code of `parlance` means. Documented in docs/command-line.md. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line or the input's shape is wrong: nothing was processed. */
  usage: 2,
  /** The run finished, but some rows carry an error instead of a result. */
  someRowsFailed: 3,
  /** A suite ran to its end, and not every gate of it holds. */
  gateFailed: 100,
  /** Stopped by Ctrl-C or SIGTERM; what was written is whole. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A mistake in how the command was called. Its message is shown without further words. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
