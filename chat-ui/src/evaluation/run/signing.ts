import type { EvaluationRun, RunSummary } from '#contracts';

/** Why nobody can sign a verdict on a run; null when they can. */
export function unsignable({ state, partial }: Pick<RunSummary, 'state' | 'partial'>): string | null {
  if (state === 'incomplete')
    return 'Results of this run are missing. A verdict is on a whole run: send the rest and seal it first.';
  if (partial !== null)
    return `This run is partial (${partial}), and a verdict needs the whole suite. Run it without a limit, then sign that run.`;
  return null;
}

/** What somebody who accepts the run accepts it despite, in words. */
export function gatesNotHeld({ gates, outcome, counts, suite }: EvaluationRun): string[] {
  const failed = gates.filter((gate) => gate.outcome === 'failed').map(({ words }) => words);
  if (failed.length > 0 || outcome !== 'failed') return failed;
  return [
    `${counts.errored} of ${counts.asked} answers were errors, more than the suite allows (${(suite.maxErrorRate * 100).toFixed(1)} %).`,
  ];
}
