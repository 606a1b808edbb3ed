import type { Command } from 'commander';

/** `serve`, also when no verb is given: the API, the workers and the page in one process. */
export function addServeVerb(program: Command): void {
  program
    .command('serve')
    .description('Start the server: API, workers and page in one process (also without a verb)')
    .action(async () => {
      // The program of `npm start`: loading it runs it, with its own signals and messages.
      await import('../../main.ts');
    });
}
