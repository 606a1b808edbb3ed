import { z } from 'zod';
import { alike, exactly, fitting, type MatchMetric, normalized, sharedWords } from '../metrics/matching.ts';
import { expectedTexts, saidText } from './expected.ts';
import { inTime } from './in-time.ts';
import { defineScorer, type Said } from './scorer.ts';

function matchScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  metric: (options: O) => MatchMetric,
) {
  // Of both texts only what they score is kept: a run of many long ones must fit into memory.
  return defineScorer<O, number>({
    ...{ name, summary, options },
    judge: (said, chosen) =>
      metric(chosen).score({ output: saidText(said.output), references: expectedTexts(said) }),
    missed: (asked, chosen) => metric(chosen).score({ output: null, references: expectedTexts(asked) }),
    measure: (scores, chosen) => metric(chosen).measure(scores),
  });
}

const none = z.strictObject({});

export const exactMatch = matchScorer(
  'exact-match',
  'The answer is an expected text, character for character',
  none,
  () => exactly,
);
export const normalizedMatch = matchScorer(
  'normalized-match',
  'The same but for case, punctuation, English articles and white space, as SQuAD has it',
  none,
  () => normalized,
);
export const tokenF1 = matchScorer(
  'token-f1',
  'F1 of the words that answer and expected text share, as SQuAD has it',
  none,
  () => sharedWords,
);
export const editSimilarity = matchScorer(
  'edit-similarity',
  'How alike answer and expected text are, by the fewest edits of characters',
  none,
  () => alike,
);
const patterns = matchScorer(
  'pattern',
  'The answer fits a regular expression, which is what the row expects',
  z.strictObject({ whole: z.boolean().default(false), ignoreCase: z.boolean().default(false) }),
  fitting,
);
export const pattern = {
  ...patterns,
  trusted: true,
  judge: (said: Said, options: z.infer<typeof patterns.options>): number => {
    const row = { output: saidText(said.output), references: expectedTexts(said) };
    return inTime(said, () => fitting(options).score(row));
  },
} as const;
