import type { AcceptedRun, SamplePage, SampleQuery } from '#contracts';
import { type Against, fingerprintOf, type Suite, Tally } from '#eval';

const pageSize = 200;

/** Where accepted runs and their results are: this server's tables, or another server's routes. */
export interface AcceptedRuns {
  accepted(suite: string): Promise<AcceptedRun>;
  samples(run: string, query: SampleQuery): Promise<SamplePage>;
}

/**
 * The run of a suite that was accepted last, with its results, for a new one to be compared with; null when there is none or it is of
 * a version that asks or scores otherwise.
 */
export async function openAccepted(
  { accepted, samples }: AcceptedRuns,
  suite: Suite,
): Promise<(Against & { target: string }) | null> {
  const { run, verdict } = await accepted(suite.document.suite);
  if (!run || !verdict || run.fingerprint !== fingerprintOf(suite.document)) return null;
  const tally = new Tally(suite);
  for (let after: string | undefined; ; ) {
    const page = await samples(run.id, { order: 'row', limit: pageSize, after });
    for (const result of page.samples) {
      tally.expect(result.id, result.repeat);
      tally.add(result);
    }
    if (page.next === null) break;
    after = page.next;
  }
  const label = `the run of ${run.target.name} accepted ${verdict.at.slice(0, 10)}`;
  return { id: run.id, label, target: run.target.name, tally };
}
