import { ParlanceError, type SearchHit, type SearchRequest, type SearchResponse } from '#contracts';
import { evidenceOf, evidenceThreshold, fusedRank } from '#nlp';
import type { Database } from '../db/database.ts';
import type { Embed } from './embedder.ts';
import { type Candidate, findCandidates } from './search-query.ts';

/** What answering needs of the knowledge base. */
export interface KnowledgeSearch {
  /**
   * The passages that speak to a question, best first. `answerable` says whether the best is evidence enough to answer from.
   * Throws what the embeddings task throws.
   */
  search(
    tenant: string,
    request: Omit<SearchRequest, 'limit'> & { limit?: number; signal?: AbortSignal },
  ): Promise<SearchResponse>;
}

/** One embedding and one transaction with one statement a search. */
export function createSearch(database: Database, embed: Embed): KnowledgeSearch {
  return {
    async search(tenant, { query, language, limit = 8, signal }) {
      const started = performance.now();
      const [vector] = await embed([query], { tenant, lane: 'interactive', signal });
      if (!vector) throw new ParlanceError('internal', 'The question has no embedding.');
      const embedded = performance.now();
      const found = await database.withTenant(tenant, (tx) => findCandidates(tx, query, vector));
      const hits = found
        .map((candidate) => hitOf(candidate, language))
        .sort((a, b) => b.evidence - a.evidence || b.fused - a.fused)
        .slice(0, limit);
      return {
        hits,
        threshold: evidenceThreshold,
        answerable: (hits[0]?.evidence ?? 0) >= evidenceThreshold,
        timing: { embedMs: embedded - started, searchMs: performance.now() - embedded },
      };
    },
  };
}

function hitOf(
  { cosine, coverage, vectorRank, textRank, ...passage }: Candidate,
  language?: string,
): SearchHit {
  const foreign = language !== undefined && language !== passage.language;
  return {
    passage,
    cosine,
    coverage,
    evidence: evidenceOf({ cosine, coverage, foreign }),
    vectorRank,
    textRank,
    fused: fusedRank([vectorRank, textRank]),
  };
}
