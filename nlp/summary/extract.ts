import type { SummariesOptions, SummariesResult } from '#contracts';
import { type Span, wordsOf } from '../text/segment.ts';
import { featuresOf, type SummaryKind, salienceOf, type Unit, weights } from './salience.ts';
import { limitsOf, selectSentences } from './select.ts';

/** A sentence of the text with its place. */
export interface PlacedUnit extends Unit, Span {}

/** The summary of a text from its sentences, of which there is one at least, and the score of each of these. */
export async function extract(
  units: readonly PlacedUnit[],
  kind: SummaryKind,
  options: SummariesOptions,
): Promise<Pick<SummariesResult, 'text' | 'sentences'> & { scores: number[] }> {
  const salience = salienceOf(featuresOf(units), weights[kind]);
  const counted =
    options.words === undefined ? units.map(() => 0) : units.map(({ text }) => wordsOf(text).length);
  const candidates = units.map(({ vector }, at) => ({
    vector,
    salience: salience[at] as number,
    words: counted[at] as number,
  }));
  const chosen = await selectSentences(candidates, limitsOf(options, units.length));
  const scores = between(salience);
  const sentences = chosen.map((at) => {
    const { text, start, end } = units[at] as PlacedUnit;
    return { text, start, end, score: scores[at] as number };
  });
  return { text: sentences.map(({ text }) => text).join(' '), sentences, scores };
}

/** From 0 for the least to 1 for the most, with four decimals. */
function between(values: number[]): number[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values.map((value) =>
    most > least ? Math.round(((value - least) / (most - least)) * 1e4) / 1e4 : 1,
  );
}
