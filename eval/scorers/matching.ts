import { z } from 'zod';
import {
  type Answered,
  editSimilarity as editSimilarityOf,
  exactMatch as exactMatchOf,
  normalizedMatch as normalizedMatchOf,
  patternMatch,
  tokenF1 as tokenF1Of,
} from '../metrics/matching.ts';
import type { Measured } from '../metrics/metric.ts';
import { expectedTexts, saidText } from './expected.ts';
import { inTime } from './in-time.ts';
import { defineScorer, type Said } from './scorer.ts';

/** What was said, null for nothing, and the texts that would have been right. */
type Evidence = [output: string | null, references: string[]];

function matchScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  measure: (rows: Answered[], options: O) => Measured,
) {
  return defineScorer<O, Evidence>({
    ...{ name, summary, options },
    judge: (said) => [saidText(said.output), expectedTexts(said)],
    missed: (asked) => [null, expectedTexts(asked)],
    measure: (evidence, chosen) =>
      measure(
        evidence.map(([output, references]) => ({ output, references })),
        chosen,
      ),
  });
}

const none = z.strictObject({});

export const exactMatch = matchScorer(
  'exact-match',
  'The answer is an expected text, character for character',
  none,
  (rows) => exactMatchOf(rows),
);
export const normalizedMatch = matchScorer(
  'normalized-match',
  'The same but for case, punctuation, English articles and white space, as SQuAD has it',
  none,
  (rows) => normalizedMatchOf(rows),
);
export const tokenF1 = matchScorer(
  'token-f1',
  'F1 of the words that answer and expected text share, as SQuAD has it',
  none,
  (rows) => tokenF1Of(rows),
);
export const editSimilarity = matchScorer(
  'edit-similarity',
  'How alike answer and expected text are, by the fewest edits of characters',
  none,
  (rows) => editSimilarityOf(rows),
);
const patterns = matchScorer(
  'pattern',
  'The answer fits a regular expression, which is what the row expects',
  z.strictObject({ whole: z.boolean().default(false), ignoreCase: z.boolean().default(false) }),
  patternMatch,
);
export const pattern = {
  ...patterns,
  trusted: true,
  judge: (said: Said, options: z.infer<typeof patterns.options>): Evidence => {
    const evidence: Evidence = [saidText(said.output), expectedTexts(said)];
    // Once within limits: what is measured of it later takes no longer.
    inTime(said, () => patterns.measure([evidence], options));
    return evidence;
  },
} as const;
