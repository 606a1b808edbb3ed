import { fingerprintOf, type Suite, Tally } from '#eval';
import type { Evaluations } from '../index.ts';

const pageSize = 200;

/**
 * The run of a suite that was accepted last, with its results, for a new one to be compared with; null when there is none or it is of
 * a version that asks or scores otherwise.
 */
export async function openAccepted(
  { verdicts, samples }: Pick<Evaluations, 'verdicts' | 'samples'>,
  tenant: string,
  suite: Suite,
): Promise<{ id: string; label: string; tally: Tally } | null> {
  const { run, verdict } = await verdicts.accepted(tenant, suite.document.suite);
  if (!run || !verdict || run.fingerprint !== fingerprintOf(suite.document)) return null;
  const tally = new Tally(suite);
  for (let after: string | undefined; ; ) {
    const page = await samples(tenant, run.id, { order: 'row', limit: pageSize, after });
    for (const result of page.samples) {
      tally.expect(result.id, result.repeat);
      tally.add(result);
    }
    if (page.next === null) break;
    after = page.next;
  }
  return { id: run.id, label: `the run of ${run.target.name} accepted ${verdict.at.slice(0, 10)}`, tally };
}
