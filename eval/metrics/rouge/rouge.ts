import { type Measured, meanOf } from '../metric.ts';
import { referencesOf, type TextRow } from '../text/row.ts';
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
export function rouge(
  rows: readonly TextRow[],
  variant: RougeVariant,
  { stemmer = false }: RougeOptions = {},
): Measured {
  const signature = `rouge-${variant}|nrefs:${referencesOf(rows)}|stemmer:${stemmer ? 'porter-nltk' : 'no'}|tok:rouge-score|value:f|version:parlance-1`;
  const best = rows.map(({ output, references }) => {
    const [first, ...others] = references.map((text) =>
      scoresOf(comparisons[variant](output, text, stemmer)),
    );
    return others.reduce((best, other) => (other.f > best.f ? other : best), first as Scores);
  });
  const mean = (part: keyof Scores) =>
    meanOf(
      Float64Array.from(best, (scores) => scores[part]),
      'higher',
      signature,
    );
  return { ...mean('f'), parts: { precision: mean('precision').of, recall: mean('recall').of } };
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
