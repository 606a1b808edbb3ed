import type { SuiteDocument } from '#contracts';
import type { Scorer } from '../scorers/scorer.ts';

/** A scorer as a suite uses it: under a name, with options that were checked. */
export interface ChosenScorer {
  as: string;
  scorer: Scorer;
  options: unknown;
  /** Where in the answer it looks; the suite's place when null. */
  at: string | null;
  /** Where in what the row expects it looks. */
  expects: string;
  /** Whether rows that expect nothing there are left out. */
  optional: boolean;
}

/** A suite that was read and whose scorers are there. */
export interface Suite {
  document: SuiteDocument;
  scorers: ChosenScorer[];
}
