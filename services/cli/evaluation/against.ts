import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf, readBaseline, type Tally, tallyOf } from '#eval';
import { UsageError } from '../exit.ts';
import { baselineFile, type FoundSuite } from './suites.ts';

/**
 * What a run is compared with: the suite's own baseline unless something is named, a folder of a run, or a file that another run
 * left. Null where nothing is named and there is no baseline.
 */
export async function openAgainst(
  { suite, file }: FoundSuite,
  named: string | undefined,
): Promise<{ id: string; label: string; tally: Tally } | null> {
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
