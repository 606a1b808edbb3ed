import { z } from 'zod';
import { meanOf } from '../metrics/metric.ts';
import { expectedTexts, saidText } from './expected.ts';
import { defineScorer } from './scorer.ts';

/** How near the answer is in meaning to the expected text, or the nearest of several: the cosine of their embeddings. */
export const embeddingSimilarity = defineScorer({
  name: 'embedding-similarity',
  summary: 'The cosine between the embeddings of answer and expected text',
  options: z.strictObject({}),
  needs: 'embed',
  judge: async (said, _, { embed }): Promise<number> => {
    const texts = [saidText(said.output), ...expectedTexts(said)];
    const [vector = [], ...others] = (await embed?.(texts)) ?? [];
    return Math.max(...others.map((other) => dot(vector, other)));
  },
  missed: () => 0,
  measure: (evidence: number[]) =>
    meanOf(
      Float64Array.from(evidence),
      'higher',
      'embedding-similarity|model:all-MiniLM-L6-v2|version:parlance-1',
    ),
});

const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
