import type { MetricComparison } from '#contracts';
import type { Json } from '../run/json.ts';
import { rowsByValue } from '../run/measure.ts';
import type { Tally, TallyRow } from '../run/tally.ts';
import { compare } from '../statistics/compare.ts';
import { type Groups, groupsOf } from '../statistics/groups.ts';
import { compareSlices } from '../statistics/holm.ts';
import { type Pair, pairOf } from '../statistics/paired.ts';
import type { ChosenScorer } from '../suite/suite.ts';

/** A row of both runs. */
type Both = [now: TallyRow, before: TallyRow];

/**
 * Every metric of a run beside another run of the same suite, on the rows that both have: over all rows, and over each slice
 * with Holm's correction among the slices of a metric.
 */
export function compareRuns(now: Tally, before: Tally): MetricComparison[] {
  const rows = pairsOf(now.rows, before.rows);
  const names = Object.keys(now.suite.document.slices);
  return now.suite.scorers.flatMap((chosen, index) => {
    const scored = rows.filter(([a, b]) => a.evidence[index] !== null && b.evidence[index] !== null);
    if (scored.length === 0) return [];
    const { wording = {} } = chosen.scorer;
    const { pair, groups } = sideBySide(chosen, index, scored);
    const whole = { metric: chosen.as, slice: null, ...compare(pair, groups, wording) };
    const slices = names.flatMap((name) =>
      slicesOf(name, scored).map((each) => ({ ...each, ...sideBySide(chosen, index, each.rows) })),
    );
    const compared = compareSlices(slices, wording).map(({ slice, comparison }) => ({
      ...{ metric: chosen.as, slice: slice.name },
      ...comparison,
    }));
    return [whole, ...compared];
  });
}

function pairsOf(now: TallyRow[], before: TallyRow[]): Both[] {
  const known = new Map(before.map((row) => [`${row.repeat} ${row.id}`, row]));
  return now.flatMap((row) => {
    const other = known.get(`${row.repeat} ${row.id}`);
    return other ? [[row, other] satisfies Both] : [];
  });
}

function slicesOf(slice: string, rows: Both[]): { name: string; rows: Both[] }[] {
  const before = new Map(rows);
  return [...rowsByValue([...before.keys()], slice)].map(([value, some]) => ({
    name: `${slice}=${value}`,
    rows: some.map((row) => [row, before.get(row) as TallyRow]),
  }));
}

function sideBySide(chosen: ChosenScorer, index: number, rows: Both[]): { pair: Pair; groups: Groups } {
  const evidence = (side: 0 | 1) => rows.map((each) => each[side].evidence[index] as Json);
  return {
    pair: pairOf(evidence(0), evidence(1), (each) => chosen.scorer.measure(each, chosen.options)),
    groups: groupsOf(rows.map(([{ group }]) => group)),
  };
}
