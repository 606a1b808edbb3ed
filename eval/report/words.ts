import type { EvaluationRun, Measurement } from '#contracts';

/** Three digits that matter, or so: beyond them there is only noise. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 3);
}

/** `0.854 (0.827–0.877)`; the figure alone where too few rows were there for an interval. */
export const withInterval = ({
  value,
  low,
  high,
  method,
}: Pick<Measurement, 'value' | 'low' | 'high' | 'method'>): string =>
  method === 'none' ? figure(value) : `${figure(value)} (${figure(low)}–${figure(high)})`;

/** What the run came to, in one line. */
export function verdictLine({ outcome, gates, counts, partial }: EvaluationRun): string {
  const passed = gates.filter((gate) => gate.outcome === 'passed').length;
  const words = { passed: 'Passed', failed: 'Failed', inconclusive: 'Inconclusive' }[outcome];
  const errors = counts.errored > 0 ? `, ${counts.errored} of ${counts.rows} answers were errors` : '';
  const some = partial ? `; partial: ${partial}` : '';
  return `${words}: ${passed} of ${gates.length} gates hold${errors}${some}.`;
}
