import type { ConfusionMatrix, Measurement, SliceMeasurement } from '#contracts';
import type { Measured } from '../metrics/metric.ts';
import { usual } from '../statistics/bootstrap.ts';
import { type Groups, groupsOf } from '../statistics/groups.ts';
import { intervalOf } from '../statistics/interval.ts';
import type { ChosenScorer } from '../suite/suite.ts';
import type { Json } from './json.ts';
import type { Tally, TallyRow } from './tally.ts';

/** Fixed, so that the same results always have the same intervals. */
const seed = 20_260_101;
/** More values than this make a slice a list of rows and no slice. */
const maxValues = 50;

/** The rows that a scorer judges, with its metric over them. */
export interface Scored {
  rows: TallyRow[];
  measured: Measured;
  groups: Groups;
}

/** What the scorer at a place of the suite makes of some rows. */
export function scoredBy(scorer: ChosenScorer, index: number, rows: TallyRow[]): Scored {
  const judged = rows.filter((row) => row.evidence[index] !== null);
  const evidence = judged.map((row) => row.evidence[index] as Json);
  return {
    rows: judged,
    measured: scorer.scorer.measure(evidence, scorer.options),
    groups: groupsOf(judged.map((row) => row.group)),
  };
}

/** A metric with its 95 % interval. */
export function measurementOf({ rows, measured, groups }: Scored, resamples = usual.resamples): Measurement {
  const { value, low, high, method } = intervalOf(measured, groups, { resamples, seed });
  const parts = Object.entries(measured.parts ?? {}).map(([name, of]) => [name, of()] as const);
  return {
    ...{ value, low, high, method },
    better: measured.better,
    signature: measured.signature,
    rows: rows.length,
    errored: rows.filter((row) => row.errored).length,
    parts: Object.fromEntries(parts),
  };
}

export type Figures = {
  metrics: Record<string, Measurement>;
  slices: Record<string, Record<string, SliceMeasurement>>;
};

/** Every metric over all rows and over each slice. `resamples` are of the bootstrap, where there is no exact interval. */
export function measureTally(tally: Tally, resamples = usual.resamples): Figures {
  const { rows, suite } = tally;
  const all = (some: TallyRow[]) =>
    Object.fromEntries(
      suite.scorers.map((scorer, index) => [
        scorer.as,
        measurementOf(scoredBy(scorer, index, some), resamples),
      ]),
    );
  const slices = Object.keys(suite.document.slices).map((slice) => {
    const byValue = mostCommon([...rowsByValue(rows, slice)]);
    const measured = byValue.map(
      ([value, some]) => [value, { rows: some.length, metrics: all(some) }] as const,
    );
    return [slice, Object.fromEntries(measured)] as const;
  });
  return { metrics: all(rows), slices: Object.fromEntries(slices) };
}

/** Of a slice with more values than anybody reads, those with the most rows: of the others a figure would say little. */
function mostCommon(values: [string, TallyRow[]][]): [string, TallyRow[]][] {
  if (values.length <= maxValues) return values;
  return values.sort(([, a], [, b]) => b.length - a.length).slice(0, maxValues);
}

/** The rows of each value of a slice. */
export function rowsByValue(rows: TallyRow[], slice: string): Map<string, TallyRow[]> {
  const byValue = new Map<string, TallyRow[]>();
  for (const row of rows) {
    const value = row.slices[slice] ?? '(none)';
    const some = byValue.get(value);
    if (some) some.push(row);
    else byValue.set(value, [row]);
  }
  return byValue;
}

/** How often each label was taken for each, by the first scorer that knows; null when none does. */
export function matrixOf(tally: Tally): ConfusionMatrix | null {
  const index = tally.suite.scorers.findIndex(({ scorer }) => scorer.matrix !== undefined);
  const chosen = tally.suite.scorers[index];
  if (!chosen?.scorer.matrix) return null;
  const evidence = tally.rows.map((row) => row.evidence[index] ?? null).filter((each) => each !== null);
  return chosen.scorer.matrix(evidence, chosen.options);
}
