import type { Config } from '../config.ts';
import type { ExitCode } from './exit.ts';

/** What a verb gets from the program around it. */
export interface CliContext {
  /** Read when a verb needs it, so that `--help` works in a broken environment. */
  config(): Config;
  /** Aborted by Ctrl-C or SIGTERM. A second one ends the process at once. */
  signal: AbortSignal;
  /** The exit code of a run that did not throw. */
  exit(code: ExitCode): void;
}
