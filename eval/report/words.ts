import type { EvaluationRun, Measurement } from '#contracts';

/** Four digits at most, and never more than a value has. */
export const figure = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Math.round(value * 1e4) / 1e4);

/** `0.854 (0.827–0.877)`; the figure alone where too few rows were there for an interval. */
export const withInterval = ({ value, low, high, method }: Measurement): string =>
  method === 'none' ? figure(value) : `${figure(value)} (${figure(low)}–${figure(high)})`;

/** What the run came to, in one line. */
export function verdictLine({ outcome, gates, counts, partial }: EvaluationRun): string {
  const passed = gates.filter((gate) => gate.outcome === 'passed').length;
  const words = { passed: 'Passed', failed: 'Failed', inconclusive: 'Inconclusive' }[outcome];
  const errors = counts.errored > 0 ? `, ${counts.errored} of ${counts.rows} answers were errors` : '';
  const some = partial ? `; partial: ${partial}` : '';
  return `${words}: ${passed} of ${gates.length} gates hold${errors}${some}.`;
}
