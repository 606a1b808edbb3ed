import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Against, fingerprintOf, readBaseline, tallyOf } from '#eval';
import { type AcceptedRuns, openAccepted } from '../../evaluation/accepted.ts';
import { UsageError } from '../exit.ts';
import { baselineFile, type FoundSuite } from './suites.ts';

/** `models:/sentiment@champion`: the run of that model that a server accepted last. */
const ofModel = /^models:\/([^@]+)@champion$/;

/**
 * What a run is compared with: the suite's own baseline unless something is named; the folder of a run, or a file that another run
 * left; what a server accepted last. Null where nothing is named and there is no baseline. Throws `UsageError` for what is not there.
 */
export async function openAgainst(
  { suite, file }: FoundSuite,
  named: string | undefined,
  server: () => Promise<AcceptedRuns>,
): Promise<Against | null> {
  const model = named === undefined ? undefined : ofModel.exec(named)?.[1];
  if (named === 'accepted' || model !== undefined) {
    const found = await openAccepted(await server(), suite);
    if (found && (model === undefined || found.target === model)) return found;
    throw new UsageError(
      `No run of this version of ${suite.document.suite} was accepted${model ? ` for ${model}` : ''} there.`,
    );
  }
  if (named === 'nothing') return null;
  const own = named === undefined || named === 'baseline';
  const path = own ? baselineFile(file) : named.endsWith('.jsonl') ? named : join(named, 'baseline.jsonl');
  if (!existsSync(path)) {
    if (named === undefined) return null;
    throw new UsageError(
      `There is nothing to compare with at ${named}: name the folder of a finished run, or "nothing".`,
    );
  }
  const baseline = readBaseline(await readFile(path, 'utf8'));
  const { id, startedAt, target } = baseline.run;
  const label = `${own ? 'the accepted run' : 'the run'} of ${target.name}, ${startedAt.slice(0, 10)}`;
  return { id, label, tally: tallyOf(baseline, suite, fingerprintOf(suite.document)) };
}
