import { z } from 'zod';
import { meanOf } from '../metrics/metric.ts';
import { expectedTexts } from './expected.ts';
import { defineScorer } from './scorer.ts';

/**
 * Whether what was cited is right: the share of cited places that are among the expected ones, and 0 where something was
 * expected and nothing is cited.
 */
export const citationPrecision = defineScorer({
  name: 'citation-precision',
  summary: 'The share of cited places that are expected. Looks at a list of places.',
  options: z.strictObject({}),
  judge: (said): [string[], string[]] => [
    z.array(z.string()).safeParse(said.output).data ?? [],
    expectedTexts(said),
  ],
  missed: (asked): [string[], string[]] => [[], expectedTexts(asked)],
  measure: (evidence: [string[], string[]][]) =>
    meanOf(
      Float64Array.from(evidence, ([cited, right]) =>
        cited.length === 0 ? 0 : cited.filter((each) => right.includes(each)).length / cited.length,
      ),
      'higher',
      'citation-precision|version:parlance-1',
    ),
  reason: ([cited, right]) =>
    cited.every((each) => right.includes(each)) && cited.length > 0
      ? undefined
      : `cites ${cited.join(', ') || 'nothing'} instead of ${right.join(', ')}`,
});

const grounded = z.object({ text: z.string(), passages: z.array(z.string()) });

/**
 * The share of an answer's words that stand, five in a row, in the passages it was given: for a bot that quotes it is near 1, and
 * what it adds of its own lowers it. Shorter sentences are looked up whole. An answer without passages claims nothing and is
 * left out.
 */
export const groundedness = defineScorer({
  name: 'groundedness',
  summary: 'The share of an answer’s words that its passages have. Looks at {text, passages}.',
  options: z.strictObject({}),
  judge: ({ output }): [number, number] | null => {
    const { data } = grounded.safeParse(output);
    if (!data || data.passages.length === 0) return null;
    const words = wordsOf(data.text);
    const given = ` ${data.passages.flatMap(wordsOf).join(' ')} `;
    const covered = new Set<number>();
    const length = Math.min(run, words.length);
    for (let from = 0; from + length <= words.length; from++) {
      if (!given.includes(` ${words.slice(from, from + length).join(' ')} `)) continue;
      for (let at = from; at < from + length; at++) covered.add(at);
    }
    return [covered.size, words.length];
  },
  missed: () => null,
  measure: (evidence: [number, number][]) =>
    meanOf(
      Float64Array.from(evidence, ([covered, all]) => (all > 0 ? covered / all : 1)),
      'higher',
      `groundedness|ngram:${run}|version:parlance-1`,
    ),
});

const run = 5;

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
