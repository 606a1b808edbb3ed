import type { SampleResult } from '#contracts';
import type { Suite } from '../suite/suite.ts';

/** What metrics need of one result. */
export interface TallyRow {
  id: string;
  repeat: number;
  group: string;
  slices: Record<string, string>;
  errored: boolean;
  /** Of each scorer, in the order of the suite; null where it does not judge this answer. */
  evidence: SampleResult['scores'][string]['evidence'][];
}

/** The results of a run as far as metrics need them, in the order of the suite's rows, however they came: about 1 kB a row. */
export class Tally {
  readonly suite: Suite;
  readonly #rows = new Map<string, TallyRow>();
  readonly #order: string[] = [];

  constructor(suite: Suite) {
    this.suite = suite;
  }

  /** Says that this row comes next in the suite. */
  expect(id: string, repeat: number): void {
    this.#order.push(keyOf(id, repeat));
  }

  has(id: string, repeat: number): boolean {
    return this.#rows.has(keyOf(id, repeat));
  }

  add({ id, repeat, group, slices, answer, scores }: SampleResult): void {
    const evidence = this.suite.scorers.map(({ as }) => scores[as]?.evidence ?? null);
    this.put({ id, repeat, group, slices, errored: answer.error !== null, evidence });
  }

  put(row: TallyRow): void {
    this.#rows.set(keyOf(row.id, row.repeat), row);
  }

  /** In the order of the suite; what a journal had beyond it, from before its rows were limited, is left out. */
  get rows(): TallyRow[] {
    return this.#order.flatMap((key) => this.#rows.get(key) ?? []);
  }
}

const keyOf = (id: string, repeat: number) => `${repeat} ${id}`;
