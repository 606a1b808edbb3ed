import { ParlanceError } from '#contracts';
import { type Measured, meanOf } from './metric.ts';

/** What one question found, best first, and what it should have. */
export interface Found {
  /** Ids. One that comes twice counts where it came first. Nothing found is an empty list, and scores 0. */
  found: readonly string[];
  /** Ids, or a gain above 0 for each. A question for which nothing is relevant scores 0 and stays in the mean. */
  relevant: readonly string[] | Readonly<Record<string, number>>;
}

export interface CutOff {
  /** How many places count, from 1; all that was found unless said. */
  k?: number;
}

/** The share of the relevant things that is among the first `k`, 0…1, mean over questions. Throws `invalid_input` for a bad `k`. */
export const recallAtK = (rows: readonly Found[], cut: CutOff & { k: number }): Measured =>
  meanOver('recall', rows, cut, ({ hits, gains }) => hits.length / gains.length);

/** The share of `k` places that a relevant thing is in, 0…1, mean over questions; places that stay empty count. Throws as `recallAtK`. */
export const precisionAtK = (rows: readonly Found[], cut: CutOff & { k: number }): Measured =>
  meanOver('precision', rows, cut, ({ hits }) => hits.length / cut.k);

/** One divided by the place of the first relevant thing, 0…1, mean over questions (MRR). Throws as `recallAtK`. */
export const reciprocalRank = (rows: readonly Found[], cut: CutOff = {}): Measured =>
  meanOver('mrr', rows, cut, ({ hits }) => 1 / (hits[0]?.place ?? Infinity));

/**
 * Average precision, 0…1, mean over questions (MAP): the precision at the place of each relevant thing, 0 for what was not found, as
 * trec_eval's `map`. Throws as `recallAtK`.
 */
export const averagePrecision = (rows: readonly Found[], cut: CutOff = {}): Measured =>
  meanOver(
    'map',
    rows,
    cut,
    ({ hits, gains }) =>
      hits.reduce((sum, { place }, before) => sum + (before + 1) / place, 0) / gains.length,
  );

/**
 * Normalized discounted cumulative gain, 0…1, mean over questions (Järvelin and Kekäläinen 2002): gains divided by log₂(place + 1),
 * beside the same in the best order; linear in the gain, as scikit-learn's `ndcg_score`. Throws as `recallAtK`, and for a gain below 0.
 */
export const ndcg = (rows: readonly Found[], cut: CutOff = {}): Measured =>
  meanOver('ndcg', rows, cut, ({ hits, gains }) => {
    const best = gains.slice(0, cut.k).map((gain, at) => ({ gain, place: at + 1 }));
    return discounted(hits) / discounted(best);
  });

interface Hit {
  /** From 1. */
  place: number;
  gain: number;
}

const discounted = (hits: readonly Hit[]) =>
  hits.reduce((sum, { gain, place }) => sum + gain / Math.log2(place + 1), 0);

function meanOver(
  name: string,
  rows: readonly Found[],
  { k }: CutOff,
  score: (row: { hits: Hit[]; gains: number[] }) => number,
): Measured {
  if (k !== undefined && !(Number.isInteger(k) && k >= 1))
    throw new ParlanceError('invalid_input', `There is no place ${k}: give a whole k from 1.`);
  const each = Float64Array.from(rows, ({ found, relevant }) => {
    const gainOf = gainsOf(relevant);
    if (gainOf.size === 0) return 0;
    const hits = [...new Set(found)]
      .slice(0, k)
      .map((id, at) => ({ place: at + 1, gain: gainOf.get(id) ?? 0 }))
      .filter(({ gain }) => gain > 0);
    return score({ hits, gains: [...gainOf.values()].sort((a, b) => b - a) });
  });
  return meanOf(each, 'higher', `${name}|k:${k ?? 'all'}|version:parlance-1`);
}

/** Each relevant thing with its gain, and nothing that has none. */
function gainsOf(relevant: Found['relevant']): Map<string, number> {
  if (isList(relevant)) return new Map(relevant.map((id) => [id, 1]));
  const gains = Object.entries(relevant);
  if (gains.some(([, gain]) => !(gain >= 0 && gain < Infinity)))
    throw new ParlanceError(
      'invalid_input',
      'A gain is below 0 or no number: give 0 for what is not relevant.',
    );
  return new Map(gains.filter(([, gain]) => gain > 0));
}

/** `Array.isArray` does not narrow lists that are read-only. */
const isList = (relevant: Found['relevant']): relevant is readonly string[] => Array.isArray(relevant);
