import { z } from 'zod';
import type { Measured } from '../metrics/metric.ts';
import {
  averagePrecision,
  type Found,
  ndcg as ndcgOf,
  precisionAtK,
  recallAtK,
  reciprocalRank,
} from '../metrics/retrieval.ts';
import { expectedTexts } from './expected.ts';
import { defineScorer } from './scorer.ts';

const found = z.array(z.string());
const gains = z.record(z.string(), z.number().positive());

/** What was found, best first, and what is relevant, or the gain of each. */
type Evidence = [found: string[], relevant: string[] | Record<string, number>];

function rankingScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  measure: (rows: Found[], options: O) => Measured,
) {
  return defineScorer<O, Evidence>({
    ...{ name, summary: `${summary} Looks at a list of ids, best first.`, options },
    judge: (said) => [found.safeParse(said.output).data ?? [], relevantOf(said)],
    missed: (asked) => [[], relevantOf(asked)],
    measure: (evidence, chosen) =>
      measure(
        evidence.map(([ids, relevant]) => ({ found: ids, relevant })),
        chosen,
      ),
    reason: ([ids, relevant]) => {
      const wanted = Array.isArray(relevant) ? relevant : Object.keys(relevant);
      const place = ids.findIndex((id) => wanted.includes(id));
      return place < 0 ? `none of ${wanted.join(', ')}` : `first at place ${place + 1}`;
    },
  });
}

const relevantOf = (asked: Parameters<typeof expectedTexts>[0]): Evidence[1] =>
  gains.safeParse(asked.expected).data ?? expectedTexts(asked);

const k = z.number().int().min(1).max(1000);
const cut = z.strictObject({ k: k.optional().describe('How many places count; all unless said') });
const first = z.strictObject({ k: k.default(1) });

export const recallAt = rankingScorer(
  'recall-at-k',
  'The share of the relevant things among the first k.',
  first,
  recallAtK,
);
export const precisionAt = rankingScorer(
  'precision-at-k',
  'The share of k places that are relevant.',
  first,
  precisionAtK,
);
export const ndcg = rankingScorer('ndcg', 'Normalized discounted cumulative gain.', cut, ndcgOf);
export const mrr = rankingScorer(
  'mrr',
  'One divided by the place of the first relevant thing.',
  cut,
  reciprocalRank,
);
export const map = rankingScorer(
  'map',
  'Average precision over the places of the relevant things.',
  cut,
  averagePrecision,
);
