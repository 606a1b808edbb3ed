import type { GateResult, GateRule, Measurement, MetricComparison } from '#contracts';
import { figure } from '../report/words.ts';
import type { Figures } from '../run/measure.ts';
import { fewestRows } from '../statistics/holm.ts';

type Bounds = Pick<Measurement, 'value' | 'low' | 'high'>;
type Outcome = GateResult['outcome'];

/**
 * What became of each gate. A bound holds when the whole interval is on its good side, and fails when the figure itself is on the
 * bad one; between the two the run was too small to tell, which is no pass. `find` finds a metric or a part of one.
 */
export function judgeGates(
  gates: GateRule[],
  { slices }: Figures,
  find: (metric: string) => Measurement | undefined,
  compared: MetricComparison[] | null,
): GateResult[] {
  return gates.flatMap((gate) => {
    const { metric, floor, ceiling, margin, sliceFloor } = gate;
    const whole = find(metric);
    if (!whole) return [missing(metric)];
    const results: GateResult[] = [];
    if (floor !== undefined) results.push(bounded(metric, null, whole, 'at least', floor));
    if (ceiling !== undefined) results.push(bounded(metric, null, whole, 'at most', ceiling));
    if (margin !== undefined) results.push(...noWorse(metric, margin, compared));
    if (sliceFloor !== undefined) {
      for (const [slice, values] of Object.entries(slices)) {
        for (const [value, { rows, metrics }] of Object.entries(values)) {
          const part = metrics[metric];
          if (rows < fewestRows || !part) continue;
          results.push(bounded(metric, `${slice}=${value}`, part, 'at least', sliceFloor));
        }
      }
    }
    return results;
  });
}

function bounded(
  metric: string,
  slice: string | null,
  { value, low, high }: Bounds,
  side: 'at least' | 'at most',
  bound: number,
): GateResult {
  const [worst, holds, broken] =
    side === 'at least' ? [low, low >= bound, value < bound] : [high, high <= bound, value > bound];
  const outcome: Outcome = holds ? 'passed' : broken ? 'failed' : 'inconclusive';
  const where = slice ? ` where ${slice}` : '';
  const rule = `${metric}${where} ${side} ${bound}`;
  const words = {
    passed: `${rule}: ${figure(value)}, and ${figure(worst)} at worst.`,
    failed: `${rule}: it is ${figure(value)} (${figure(low)} to ${figure(high)}).`,
    inconclusive: `${rule}: ${figure(value)} is, but it could be ${figure(worst)}; more rows would tell.`,
  };
  return { metric, slice, rule, outcome, words: words[outcome] };
}

function noWorse(metric: string, margin: number, compared: MetricComparison[] | null): GateResult[] {
  // Nothing to compare with is no failure: the first run of a suite has no other.
  if (!compared) return [];
  const rule = `${metric} no more than ${margin} worse than before`;
  const pair = compared.find((each) => each.metric === metric && each.slice === null);
  if (!pair) return [{ ...missing(metric), rule }];
  // What says the same on every row has not got worse, however few rows there are.
  const holds = pair.changed === 0 || -pair.low <= margin;
  const outcome: Outcome = holds ? 'passed' : -pair.difference > margin ? 'failed' : 'inconclusive';
  const words = pair.changed === 0 ? `nothing changed on ${pair.rows} rows.` : pair.words;
  return [{ metric, slice: null, rule, outcome, words: `${rule}: ${words}` }];
}

const missing = (metric: string): GateResult => ({
  ...{ metric, slice: null, rule: metric, outcome: 'failed' as const },
  words: `${metric}: there is no such figure in this run.`,
});

/** The worst of all: failed before inconclusive before passed. */
export function outcomeOf(gates: GateResult[], errorRate: number, maxErrorRate: number): Outcome {
  if (errorRate > maxErrorRate || gates.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return gates.some(({ outcome }) => outcome === 'inconclusive') ? 'inconclusive' : 'passed';
}
