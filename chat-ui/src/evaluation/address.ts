/** A word or a number of an address, which the router reads as one, as it was typed. */
const text = (value: unknown, most = 300): string | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
    ? String(value).slice(0, most)
    : undefined;

const oneOf = <T extends string>(value: unknown, words: readonly T[]): T | undefined =>
  words.find((word) => word === value);

/** Of the list of runs. */
export interface RunsSearch {
  suite?: string;
  /** The name of what was asked. */
  target?: string;
  /** Left out: those that nobody has judged yet come first. */
  order?: 'newest';
  /** The dialog that starts a run is open. */
  start?: true;
}

export const runsSearch = (search: Record<string, unknown>): RunsSearch => ({
  suite: text(search.suite, 60),
  target: text(search.target, 200),
  order: oneOf(search.order, ['newest']),
  start: search.start === true || undefined,
});

/** Of a run: which of its samples are listed, and the one that is open. */
export interface RunSearch {
  slice?: string;
  /** Of the slice. */
  value?: string;
  /** By which they are ordered, the worst first. */
  scorer?: string;
  errored?: true;
  q?: string;
  /** Left out: the worst first. */
  order?: 'row';
  /** A cell of the matrix: rows that expect this… */
  expected?: string;
  /** …and were answered with that; empty for no answer, or none of the labels. */
  said?: string;
  /** The row that is open. */
  sample?: string;
  repeat?: number;
}

export function runSearch(search: Record<string, unknown>): RunSearch {
  const [slice, value] = [text(search.slice, 60), text(search.value)];
  const expected = text(search.expected);
  const repeat = Number(search.repeat);
  return {
    ...(slice !== undefined && value !== undefined && { slice, value }),
    ...(expected !== undefined && { expected, said: text(search.said) ?? '' }),
    scorer: text(search.scorer, 120),
    errored: search.errored === true || undefined,
    q: text(search.q, 200),
    order: oneOf(search.order, ['row']),
    sample: text(search.sample),
    repeat: Number.isInteger(repeat) && repeat > 0 ? repeat : undefined,
  };
}

/** Of a comparison: what changed from `a` to `b`. */
export interface CompareSearch {
  a?: string;
  b?: string;
  scorer?: string;
  /** Left out: both. */
  changed?: 'better' | 'worse';
}

export const compareSearch = (search: Record<string, unknown>): CompareSearch => ({
  a: text(search.a, 40),
  b: text(search.b, 40),
  scorer: text(search.scorer, 120),
  changed: oneOf(search.changed, ['better', 'worse']),
});

export interface TrendsSearch {
  suite?: string;
}

export const trendsSearch = (search: Record<string, unknown>): TrendsSearch => ({
  suite: text(search.suite, 60),
});
