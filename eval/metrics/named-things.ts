import type { Measured } from './metric.ts';
import { pooled } from './pooled.ts';

/** The kinds (labels, fields) of the things in one row: of each that was expected, that was named, and that was rightly named. */
export interface NamedThings {
  expected: readonly string[];
  /** Null for a mistake that is of no kind. */
  named: readonly (string | null)[];
  right: readonly string[];
}

/** No answer misses all that was expected. Where that is nothing it is a mistake all the same, or saying nothing would be an answer. */
export const unanswered = (expected: readonly string[]): NamedThings => ({
  expected,
  named: expected.length > 0 ? [] : [null],
  right: [],
});

/**
 * F1 of things that rows have any number of, counted over all rows (micro), 0…1; where nothing is expected and nothing named it is 1,
 * and of no rows 0. `parts` has the F1 of each kind, and `precision` and `recall`, which hide kinds of those names.
 */
export function namedThingsF1(rows: readonly NamedThings[], signature: string): Measured {
  const all = measure(countsOf(rows), f1, signature);
  const kinds = new Set(rows.flatMap(({ expected, named }) => [...expected, ...named]));
  kinds.delete(null);
  const ofKind = [...kinds].map((kind) => [kind, measure(countsOf(rows, kind), f1, signature).of] as const);
  return {
    ...all,
    parts: {
      ...Object.fromEntries(ofKind),
      precision: measure(countsOf(rows), precision, signature).of,
      recall: measure(countsOf(rows), recall, signature).of,
    },
  };
}

interface Counts {
  expected: number;
  named: number;
  right: number;
}

const f1 = ({ expected, named, right }: Counts) => (2 * right) / (expected + named);
const precision = ({ named, right }: Counts) => (named > 0 ? right / named : 0);
const recall = ({ expected, right }: Counts) => (expected > 0 ? right / expected : 0);

/** Four numbers for each row: what was expected, named and right, of one kind or of all; and 1, for rows to be told from none. */
function countsOf(rows: readonly NamedThings[], kind?: string | null): Float64Array {
  const count = (things: readonly (string | null)[]) =>
    kind === undefined ? things.length : things.filter((each) => each === kind).length;
  const counts = new Float64Array(rows.length * 4);
  rows.forEach(({ expected, named, right }, row) => {
    counts.set([count(expected), count(named), count(right), 1], row * 4);
  });
  return counts;
}

function measure(counts: Float64Array, figure: (counts: Counts) => number, signature: string): Measured {
  const score = (sums: Float64Array) => {
    const [expected, named, right, rows] = sums as unknown as [number, number, number, number];
    if (rows === 0) return 0;
    return expected + named === 0 ? 1 : figure({ expected, named, right });
  };
  return pooled(counts, 4, score, { better: 'higher', signature });
}
