import type { SampleResult } from '#contracts';
import { readResults } from '../../evaluation/journal-file.ts';
import { clientOf, findServer, ownUrl, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { RunFolder, readRun } from './run-folder.ts';

const atOnce = 200;

/** Takes a finished run to a server, where reviewers see it. What broke off can be done again: nothing is there twice. */
export async function publishRun(context: CliContext, folder: string, choice: ServerChoice): Promise<void> {
  const run = await readRun(folder);
  const server = await findServer(context.config(), choice);
  if (!server)
    throw new UsageError(
      `No server answers at ${ownUrl(context.config())}: start it, or name one by --server.`,
    );
  const { runs } = clientOf(server).evaluations;
  await runs.record(run);
  let lot: SampleResult[] = [];
  const send = async () => {
    if (lot.length > 0) await runs.addSamples(run.id, lot);
    lot = [];
  };
  for await (const result of readResults(new RunFolder(folder).results)) {
    lot.push(result);
    if (lot.length === atOnce) await send();
  }
  await send();
  await runs.seal(run.id);
  process.stderr.write(`${server.url}/evaluation/runs/${run.id}\n`);
}
