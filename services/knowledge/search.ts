import { ParlanceError, type SearchHit, type SearchRequest, type SearchResponse } from '#contracts';
import { evidenceThreshold, fusedRank, type Judged, judge } from '#nlp';
import type { Database } from '../db/database.ts';
import type { Embed } from './embedder.ts';
import { type HeldPassage, PassageMemory } from './passage-memory.ts';

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

/** One embedding and one transaction of one small statement a search; the comparing is done in memory. */
export function createSearch(database: Database, embed: Embed): KnowledgeSearch {
  const memory = new PassageMemory();
  return {
    async search(tenant, { query, language, limit = 8, signal }) {
      const started = performance.now();
      const [vector] = await embed([query], { tenant, lane: 'interactive', signal });
      if (!vector) throw new ParlanceError('internal', 'The question has no embedding.');
      const embedded = performance.now();
      const { index, lexemes } = await database.withTenant(tenant, (tx) => memory.consult(tx, tenant, query));
      const found = index.search({ vector: Float32Array.from(vector), lexemes });
      const judged = judge(found, language);
      const hits = judged.hits.slice(0, limit).map(asHit);
      return {
        hits,
        lead: judged.lead,
        threshold: evidenceThreshold,
        answerable: (hits[0]?.evidence ?? 0) >= evidenceThreshold,
        timing: { embedMs: embedded - started, searchMs: performance.now() - embedded },
      };
    },
  };
}

function asHit({ passage, ...found }: Judged<HeldPassage>['hits'][number]): SearchHit {
  return { ...found, passage: passage.shown, fused: fusedRank([found.vectorRank, found.textRank]) };
}
