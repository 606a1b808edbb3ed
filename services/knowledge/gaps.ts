import { desc, eq, sql } from 'drizzle-orm';
import { type Gap, ParlanceError, type SearchHit } from '#contracts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { knowledgeGap } from '../db/schema/index.ts';

/** A question that found nothing. */
export interface FoundNothing {
  question: string;
  language: string;
  conversationId: string | null;
  /** The best of what was found, which was not enough. */
  best: SearchHit | null;
}

export interface GapStore {
  /** Notes a question; one asked before in the same words is counted. */
  record(tenant: string, found: FoundNothing): Promise<void>;
  /** The 200 asked most often, the latest first among equals. */
  list(tenant: string): Promise<Gap[]>;
  /** Forgets a question until it is asked again. Throws `not_found`. */
  dismiss(tenant: string, id: string): Promise<void>;
}

const maxListed = 200;
/** Characters kept of a question: what two are compared by must fit into an index. */
const maxKept = 500;

/** Questions that found nothing, for whoever writes the articles. */
export function createGapStore(database: Database): GapStore {
  return {
    async record(tenant, { question, language, conversationId, best }) {
      const asked = question.trim().slice(0, maxKept);
      const normal = normalized(asked);
      // It holds nothing anybody could write an article about.
      if (!normal) return;
      const latest = {
        language,
        conversationId,
        bestCosine: best?.cosine ?? null,
        bestTitle: best?.passage.title ?? null,
      };
      await database.withTenant(tenant, (tx) =>
        tx
          .insert(knowledgeGap)
          .values({ ...latest, id: newId('gap'), question: asked, normal })
          .onConflictDoUpdate({
            target: [knowledgeGap.tenantId, knowledgeGap.normal],
            set: { ...latest, times: sql`${knowledgeGap.times} + 1`, lastAt: sql`now()` },
          }),
      );
    },
    async list(tenant) {
      const rows = await database.withTenant(tenant, (tx) =>
        tx
          .select()
          .from(knowledgeGap)
          .orderBy(desc(knowledgeGap.times), desc(knowledgeGap.lastAt))
          .limit(maxListed),
      );
      return rows.map(({ tenantId: _, normal: __, lastAt, ...row }) => ({
        ...row,
        lastAt: lastAt.toISOString(),
      }));
    },
    async dismiss(tenant, id) {
      const gone = await database.withTenant(tenant, (tx) =>
        tx.delete(knowledgeGap).where(eq(knowledgeGap.id, id)).returning({ id: knowledgeGap.id }),
      );
      if (gone.length === 0)
        throw new ParlanceError('not_found', 'There is no such question, or it was dismissed already.');
    },
  };
}

/** In lower case, letters and digits only. */
const normalized = (question: string) =>
  question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
