import { type CountedMetric, measureRows } from '../counted.ts';
import { type Measured, meanOf } from '../metric.ts';
import { referencesOf, type TextRow, withReferences } from '../text/row.ts';
import { comparisons, type Hits, type RougeVariant } from './hits.ts';

export interface RougeOptions {
  /** Whether words count as the same that have one stem. */
  stemmer?: boolean;
}

/**
 * ROUGE-1, -2, -L or -Lsum (Lin 2004) from 0 to 1, as Google's rouge-score 0.1.2 has them: the mean F measure of the rows, of
 * no rows 0, with the mean `precision` and `recall` as parts. ROUGE-L takes a text as one sentence and Lsum each of its lines,
 * which are two metrics. Of several references the one counts whose F measure is highest. Throws `invalid_input` when a row has
 * no reference.
 */
export const rouge = (rows: readonly TextRow[], variant: RougeVariant, options?: RougeOptions): Measured =>
  measureRows(rougeMetric(variant, options), withReferences(rows));

/** The same in two steps. What a row counts for is how many references it has, its F measure, precision and recall. */
export function rougeMetric(
  variant: RougeVariant,
  { stemmer = false }: RougeOptions = {},
): CountedMetric<TextRow> {
  const signatureOf = (references: string) =>
    `rouge-${variant}|nrefs:${references}|stemmer:${stemmer ? 'porter-nltk' : 'no'}|tok:rouge-score|value:f|version:parlance-1`;
  return {
    count({ output, references }) {
      const [first, ...others] = references.map((text) =>
        scoresOf(comparisons[variant](output, text, stemmer)),
      );
      const { f, precision, recall } = others.reduce(
        (best, other) => (other.f > best.f ? other : best),
        first as Scores,
      );
      return [references.length, f, precision, recall];
    },
    measure(rows) {
      const signature = signatureOf(referencesOf(rows));
      const mean = (place: number) =>
        meanOf(
          Float64Array.from(rows, (row) => row[place] as number),
          'higher',
          signature,
        );
      return { ...mean(1), parts: { precision: mean(2).of, recall: mean(3).of } };
    },
  };
}

interface Scores {
  precision: number;
  recall: number;
  f: number;
}

function scoresOf({ shared, output, reference }: Hits): Scores {
  const precision = shared / Math.max(output, 1);
  const recall = shared / Math.max(reference, 1);
  return { precision, recall, f: shared > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}
