import { z } from 'zod';
import { meanOf } from '../metrics/metric.ts';
import { expectedTexts, saidText, unusable } from './expected.ts';
import { defineScorer, type Said } from './scorer.ts';

const options = z.strictObject({ ignoreCase: z.boolean().default(true) });

const foldedBy = (ignoreCase: boolean) => (text: string) =>
  (ignoreCase ? text.toLowerCase() : text).normalize('NFKC');

/** Which of the expected texts are in what was said. */
const presentIn = (said: Said, { ignoreCase }: z.infer<typeof options>) => {
  const fold = foldedBy(ignoreCase);
  const text = fold(saidText(said.output));
  return expectedTexts(said).filter((each) => text.includes(fold(each)));
};

/** The share of the expected texts that are in what was said. */
export const contains = defineScorer({
  name: 'contains',
  summary: 'The share of the expected texts that the answer has in it',
  options,
  judge: (said, chosen) => [presentIn(said, chosen).length, expectedTexts(said).length],
  missed: (asked) => [0, expectedTexts(asked).length],
  measure: (evidence: [number, number][]) =>
    meanOf(
      Float64Array.from(evidence, ([hits, all]) => hits / all),
      'higher',
      'contains|norm:nfkc|version:parlance-1',
    ),
});

/** Whether none of the texts that must not come are in what was said: a bot that was told to say them, and does not. */
export const avoids = defineScorer({
  name: 'avoids',
  summary: 'Whether the answer has none of the given texts in it',
  options,
  judge: (said, chosen): string[] => presentIn(said, chosen),
  missed: (asked) => {
    if (!Array.isArray(asked.expected) && typeof asked.expected !== 'string')
      throw unusable(asked, 'what must not come');
    return ['(no answer)'];
  },
  measure: (evidence: string[][]) =>
    meanOf(
      Float64Array.from(evidence, (found) => Number(found.length === 0)),
      'higher',
      'avoids|norm:nfkc|version:parlance-1',
    ),
  reason: (found) => (found.length > 0 ? `says ${found.join(', ')}` : undefined),
});
