import type { Measurement } from '#contracts';
import { groupsOf } from '../statistics/groups.ts';
import { passAtK, passEveryK, type Tries } from '../statistics/repeats.ts';
import { measurementOf, type Scored } from './measure.ts';

/**
 * What asking each row `k` times says of a scorer of right and wrong: how likely one answer of k is right (`pass@k`) and how likely all
 * are (`pass^k`), with intervals over rows. Nothing for scorers of another kind.
 */
export function repeatedly(as: string, { rows, measured }: Scored, k: number): Record<string, Measurement> {
  const binary = measured.mean && measured.each.every((value) => value === 0 || value === 1);
  if (k < 2 || !binary || rows.length === 0) return {};
  const cases = new Map<string, Tries & { row: Scored['rows'][number] }>();
  rows.forEach((row, index) => {
    const before = cases.get(row.id) ?? { passed: 0, tried: 0, row };
    const passed = before.passed + (measured.each[index] as number);
    cases.set(row.id, { ...before, passed, tried: before.tried + 1 });
  });
  // A row that was left out of some repeats was not tried often enough to say.
  const tried = [...cases.values()].filter((each) => each.tried === k);
  const firsts = tried.map(({ row }) => row);
  const groups = groupsOf(firsts.map(({ group }) => group));
  const of = (each: Scored['measured']) => measurementOf({ rows: firsts, measured: each, groups });
  return { [`${as}.pass@${k}`]: of(passAtK(tried, k)), [`${as}.pass^${k}`]: of(passEveryK(tried, k)) };
}
