import type { EvaluationRun } from '#contracts';
import { formatCount, plural } from '../../ui/format.ts';

const words = { passed: 'Passed', failed: 'Failed', inconclusive: 'Inconclusive' };

/** What the run came to, in one line. */
export function verdictLine({ outcome, gates, counts, comparison }: EvaluationRun): string {
  const held = gates.filter((gate) => gate.outcome === 'passed').length;
  const changes = (verdict: string) =>
    comparison?.metrics.filter((metric) => metric.verdict === verdict).length ?? 0;
  const parts = [
    gates.length > 0 ? `${held} of ${plural(gates.length, 'gate')} hold` : 'no gates are set',
    counts.errored > 0 && `${formatCount(counts.errored)} of ${formatCount(counts.rows)} answers were errors`,
    comparison &&
      `of all figures and slices, ${changes('worse')} got worse and ${changes('better')} better than in ${comparison.against.label}`,
  ].filter(Boolean);
  return `${words[outcome]}: ${parts.join('; ')}.`;
}
