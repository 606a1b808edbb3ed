/** The constant of reciprocal rank fusion, as in Cormack, Clarke and Büttcher 2009. */
const fusionConstant = 60;

/** Reciprocal rank fusion: the sum of 1 / (60 + place) over the lists that found a passage; places count from 1. */
export function fusedRank(places: (number | null)[]): number {
  return places.reduce<number>((sum, place) => sum + (place === null ? 0 : 1 / (fusionConstant + place)), 0);
}

export interface Findings {
  /** Of the question's and the passage's embeddings. */
  cosine: number;
  /** Share of the question's words that stand in the passage, each counted by its rarity; 0…1. */
  coverage: number;
  /** The passage is in another language than the one asked for. */
  foreign: boolean;
}

const coverageWeight = 0.5;
/** Enough to prefer one's own language where both say the same, and not enough to hide what only the other says. */
const foreignPenalty = 0.1;

/** Below this evidence a passage does not answer the question. How it was chosen: docs/decisions/0008-knowledge.md. */
export const evidenceThreshold = 0.65;

/**
 * How much speaks for a passage as the answer to a question: how close it is in meaning and how many of the question's
 * rare words it has. Each alone is fooled, the one by passages about the same subject, the other by words that mean
 * something else there.
 */
export function evidenceOf({ cosine, coverage, foreign }: Findings): number {
  return cosine + coverageWeight * coverage - (foreign ? foreignPenalty : 0);
}
