import type { Candidate, IndexedPassage } from './passage-index.ts';

/** The constant of reciprocal rank fusion, as in Cormack, Clarke and Büttcher 2009. */
const fusionConstant = 60;

/** Reciprocal rank fusion: the sum of 1 / (60 + place) over the lists that found a passage; places count from 1. */
export function fusedRank(places: (number | null)[]): number {
  return places.reduce<number>((sum, place) => sum + (place === null ? 0 : 1 / (fusionConstant + place)), 0);
}

const coverageWeight = 0.5;
/** What coverage counts where there are phrases: ten of them share some words with nearly every question. */
const phrasedCoverageWeight = 0.3;
/** Enough to prefer one's own language where both say the same, and not enough to hide what only the other says. */
const foreignPenalty = 0.1;
/** Passages of this cosine say the same: a document that is there twice must not stand in its own light. */
const sameText = 0.95;
/** Counted where there is no other document to be ahead of. */
const usualLead = 0.15;

/** Below this evidence of the best passage nothing answers the question. How it was chosen: docs/decisions/0008-knowledge.md. */
export const evidenceThreshold = 0.75;

export interface Judged<P extends IndexedPassage> {
  /** Best first. */
  hits: (Candidate<P> & { evidence: number })[];
  /** Part of every hit's evidence: by how much the best is ahead of the best of another document. */
  lead: number;
}

/**
 * What speaks for each passage as the answer to a question: how close it is in meaning, how many of the question's rare words it
 * has, and how clearly one document stands out. Each alone is fooled: meaning by passages about the same subject, words
 * by those that mean something else there, and where nothing has the answer many passages are about equally near.
 * `language` is the one preferred.
 */
export function judge<P extends IndexedPassage>(candidates: Candidate<P>[], language?: string): Judged<P> {
  const hits = candidates
    .map((candidate) => ({ ...candidate, evidence: ownEvidence(candidate, language) }))
    .sort((a, b) => b.evidence - a.evidence || a.passage.id.localeCompare(b.passage.id));
  const [best, ...others] = hits;
  if (!best) return { hits: [], lead: 0 };
  const rival = others.find(({ passage }) => rivals(best.passage, passage));
  const lead = rival ? best.evidence - rival.evidence : usualLead;
  return { hits: hits.map((hit) => ({ ...hit, evidence: hit.evidence + lead })), lead };
}

const ownEvidence = <P extends IndexedPassage>(
  { passage, cosine, coverage }: Candidate<P>,
  language?: string,
) =>
  cosine +
  (passage.phrased ? phrasedCoverageWeight : coverageWeight) * coverage -
  (language !== undefined && language !== passage.language ? foreignPenalty : 0);

/** A translation is no rival, and neither is a copy. */
function rivals(best: IndexedPassage, other: IndexedPassage): boolean {
  if (other.sourceId === best.sourceId || other.language !== best.language) return false;
  return best.vector.reduce((sum, value, at) => sum + value * (other.vector[at] ?? 0), 0) < sameText;
}
