import { readResults } from '../../evaluation/journal-file.ts';
import { keepRun } from '../../evaluation/keep-run.ts';
import { clientOf, findServer, ownUrl, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { RunFolder, readRun } from './run-folder.ts';

/** Takes a finished run to a server, where reviewers see it. What broke off can be done again: nothing is there twice. */
export async function publishRun(context: CliContext, folder: string, choice: ServerChoice): Promise<void> {
  const run = await readRun(folder);
  const server = await findServer(context.config(), choice);
  if (!server)
    throw new UsageError(
      `No server answers at ${ownUrl(context.config())}: start it, or name one by --server.`,
    );
  const { runs } = clientOf(server).evaluations;
  await keepRun(runs, run, readResults(new RunFolder(folder).results));
  process.stderr.write(`${server.url}/evaluation/runs/${run.id}\n`);
}
