import type { EvaluationRun } from '#contracts';
import type { Measured } from '../metrics/metric.ts';
import { fingerprintOf } from '../suite/fingerprint.ts';
import { compareRuns } from '../verdict/compare-runs.ts';
import { judgeGates, outcomeOf } from '../verdict/gates.ts';
import { type Figures, matrixOf, measurementOf, measureTally, type Scored, scoredBy } from './measure.ts';
import { repeatedly } from './repeats.ts';
import type { Tally } from './tally.ts';

/** A run to be compared with, and its results. */
export interface Against {
  id: string;
  /** For people. */
  label: string;
  tally: Tally;
}

/** What only whoever ran it knows. */
export interface RunFacts {
  id: string;
  target: EvaluationRun['target'];
  datasetSha256: string;
  partial: string | null;
  startedAt: Date;
  endedAt: Date;
  environment: Record<string, string>;
  against: Against | null;
  /** Of the bootstrap, where an interval has no formula. */
  resamples?: number;
}

/** A finished run: figures with intervals, slices, comparison and what became of the gates. */
export function finishRun(tally: Tally, facts: RunFacts): EvaluationRun {
  const { document } = tally.suite;
  const { rows } = tally;
  const figures = measureTally(tally, facts.resamples);
  const { repeats } = document;
  for (const [index, chosen] of tally.suite.scorers.entries())
    Object.assign(figures.metrics, repeatedly(chosen.as, scoredBy(chosen, index, rows), repeats));
  const compared = facts.against ? compareRuns(tally, facts.against.tally) : null;
  const gates = judgeGates(document.gates, figures, (metric) => figureOf(tally, figures, metric), compared);
  const errored = rows.filter((row) => row.errored).length;
  const judged = (row: (typeof rows)[number]) => row.evidence.some((each) => each !== null);
  const { against } = facts;
  return {
    id: facts.id,
    suite: document,
    fingerprint: fingerprintOf(document),
    dataset: { sha256: facts.datasetSha256, rows: new Set(rows.map(({ id }) => id)).size },
    target: facts.target,
    partial: facts.partial,
    startedAt: facts.startedAt.toISOString(),
    endedAt: facts.endedAt.toISOString(),
    environment: facts.environment,
    counts: {
      rows: rows.length,
      asked: rows.length,
      errored,
      abstained: rows.filter((row) => !row.errored && !judged(row)).length,
    },
    ...figures,
    matrix: matrixOf(tally),
    gates,
    comparison:
      against && compared ? { against: { id: against.id, label: against.label }, metrics: compared } : null,
    outcome: outcomeOf(gates, rows.length > 0 ? errored / rows.length : 1, document.maxErrorRate),
  };
}

/** A metric by its name, or a part of one as `scorer.part`; undefined when the run has none. */
function figureOf(tally: Tally, { metrics }: Figures, name: string) {
  if (metrics[name]) return metrics[name];
  const [as = '', ...rest] = name.split('.');
  const index = tally.suite.scorers.findIndex((each) => each.as === as);
  const chosen = tally.suite.scorers[index];
  if (!chosen) return undefined;
  const whole = scoredBy(chosen, index, tally.rows);
  const of = whole.measured.parts?.[rest.join('.')];
  return of && measurementOf(partOf(whole, of));
}

function partOf({ measured, ...rest }: Scored, of: Measured['of']): Scored {
  return { ...rest, measured: { ...measured, of, mean: false, parts: {} } };
}
