import { z } from 'zod';
import { askFor, material, materialOnly } from '../judge/reply.ts';
import { meanOf } from '../metrics/metric.ts';
import { saidText } from './expected.ts';
import { defineScorer, type Said } from './scorer.ts';

const verdict = z.object({ reason: z.string(), verdict: z.enum(['yes', 'no']) });
/** 1 for yes, and the reason. */
type Evidence = [yes: number, reason: string];

/**
 * Whether a language model finds that an answer meets a criterion. It is told the criterion, what was asked, what would be right and what was
 * said, and answers with a reason and then yes or no. Its word is worth what its agreement with people is: calibrate it before a
 * gate rests on it.
 */
export const judge = defineScorer({
  name: 'judge',
  summary: 'A language model’s yes or no to a criterion; needs a judge that is not the target',
  options: z.strictObject({
    criterion: z.string().min(1).max(4000).describe('A question about the answer that yes is good for'),
    showExpected: z.boolean().default(true),
  }),
  needs: 'ask',
  judge: async (said, options, { ask }): Promise<Evidence> => {
    // A suite with this scorer and no judge does not start.
    const { verdict: word, reason } = await askFor(
      ask as NonNullable<typeof ask>,
      promptOf(said, options),
      verdict,
    );
    return [Number(word === 'yes'), reason];
  },
  missed: (): Evidence => [0, 'There is no answer.'],
  measure: (evidence: Evidence[]) =>
    meanOf(
      Float64Array.from(evidence, ([yes]) => yes),
      'higher',
      'judge|verdict:yes-no|prompt:1|version:parlance-1',
    ),
  reason: ([, reason]) => reason,
});

function promptOf(
  { sample, output, expected }: Said,
  options: { criterion: string; showExpected: boolean },
): string {
  return [
    `You judge an answer by one criterion. ${materialOnly}`,
    material('criterion', options.criterion),
    material('question', sample.input),
    ...(options.showExpected && expected !== null ? [material('right', expected)] : []),
    material('answer', saidText(output)),
    'Does the answer meet the criterion? Reply with one JSON object and nothing else: {"reason": "one sentence", "verdict": "yes" or "no"}',
  ].join('\n\n');
}
