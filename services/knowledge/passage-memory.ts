import { asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Passage } from '#contracts';
import { type IndexedPassage, PassageIndex } from '#nlp';
import type { Transaction } from '../db/database.ts';
import { knowledgePassage, knowledgeSource } from '../db/schema/index.ts';
import { configurationOf, withoutAsking } from './text-search.ts';

/** A passage with what it is found by, and with all that is shown of it. */
export type HeldPassage = IndexedPassage & { shown: Passage };

/** A tenant's passages, as of the transaction that asked, and the words of its question. */
export interface Consulted {
  index: PassageIndex<HeldPassage>;
  /** The stems of the question's words, by language. */
  lexemes: Map<string, string[]>;
}

interface Memory {
  index: PassageIndex<HeldPassage>;
  /** When each source last changed, in milliseconds. */
  versions: Map<string, number>;
  /** What the transaction that brought it up to date saw. */
  stamp: string;
}

/** Passages held for all tenants together: about 3 kB each. */
const maxPassages = 100_000;
/** Sources read by one statement. */
const sourcesAtOnce = 20;

/**
 * Keeps the passages of the tenants that ask in memory, because comparing all of them takes the embedded database, and everybody
 * who waits for it, ten times as long. Each question first sees in its transaction whether a source has changed, in this
 * process or another, and reads that one again; so what it finds is never older than the transaction.
 */
export class PassageMemory {
  readonly #tenants = new Map<string, Memory>();

  /** The passages and the question's words, by one statement while nothing has changed. */
  async consult(tx: Transaction, tenant: string, question: string): Promise<Consulted> {
    const rows = await wordsAndStamp(tx, question);
    const memory = this.#recall(tenant);
    const stamp = JSON.stringify(rows.map(({ language, sources, changes }) => [language, sources, changes]));
    if (memory.stamp !== stamp) {
      await refresh(tx, memory);
      memory.stamp = stamp;
      this.#forgetOthers(tenant);
    }
    return { index: memory.index, lexemes: new Map(rows.map((row) => [row.language, row.lexemes])) };
  }

  /** Makes the tenant the one most recently used. */
  #recall(tenant: string): Memory {
    const memory = this.#tenants.get(tenant) ?? { index: new PassageIndex(), versions: new Map(), stamp: '' };
    this.#tenants.delete(tenant);
    this.#tenants.set(tenant, memory);
    return memory;
  }

  /** Lets go of the tenants that have not asked for the longest, while there is too much. */
  #forgetOthers(tenant: string): void {
    let held = 0;
    for (const { index } of this.#tenants.values()) held += index.size;
    for (const [other, { index }] of this.#tenants) {
      if (held <= maxPassages) return;
      if (other === tenant) continue;
      this.#tenants.delete(other);
      held -= index.size;
    }
  }
}

interface LanguageRow {
  language: string;
  /** How many sources have passages in it, and the sum of the times they changed: it changes with any of them. */
  sources: number;
  changes: string;
  lexemes: string[];
}

async function wordsAndStamp(tx: Transaction, question: string): Promise<LanguageRow[]> {
  const language: SQL = sql`language`;
  const { rows } = (await tx.execute(sql`
    select language, count(*)::int as sources, sum(extract(epoch from updated_at))::text as changes,
      tsvector_to_array(to_tsvector(${configurationOf(language)}, ${withoutAsking(language, question)})) as lexemes
    from knowledge_source where passages > 0 group by language order by language`)) as unknown as {
    rows: LanguageRow[];
  };
  return rows;
}

/** Reads the sources that are not as they were. */
async function refresh(tx: Transaction, { index, versions }: Memory): Promise<void> {
  const sources = await tx
    .select({ id: knowledgeSource.id, updatedAt: knowledgeSource.updatedAt })
    .from(knowledgeSource)
    .where(gt(knowledgeSource.passages, 0));
  const now = new Map(sources.map(({ id, updatedAt }) => [id, updatedAt.getTime()]));
  for (const id of versions.keys()) {
    if (now.has(id)) continue;
    index.replace(id, []);
    versions.delete(id);
  }
  const changed = [...now.keys()].filter((id) => versions.get(id) !== now.get(id));
  for (let at = 0; at < changed.length; at += sourcesAtOnce) {
    const some = changed.slice(at, at + sourcesAtOnce);
    const held = await readPassages(tx, some);
    for (const id of some) {
      index.replace(
        id,
        held.filter(({ shown }) => shown.sourceId === id),
      );
      versions.set(id, now.get(id) ?? 0);
    }
  }
}

async function readPassages(tx: Transaction, sourceIds: string[]): Promise<HeldPassage[]> {
  const { id, sourceId, position, headings, text, language, embedding, search } = knowledgePassage;
  const rows = await tx
    .select({
      shown: {
        id,
        sourceId,
        sourceName: knowledgeSource.name,
        title: knowledgeSource.title,
        headings,
        position,
        text,
        language,
      },
      vector: embedding,
      lexemes: sql<string[]>`tsvector_to_array(${search})`,
      phrased: sql<boolean>`length(ts_filter(${search}, '{c}')) > 0`,
    })
    .from(knowledgePassage)
    .innerJoin(knowledgeSource, eq(knowledgeSource.id, sourceId))
    .where(inArray(sourceId, sourceIds))
    .orderBy(asc(sourceId), asc(position));
  return rows.map(({ shown, vector, ...words }) => ({
    id: shown.id,
    sourceId: shown.sourceId,
    language: shown.language,
    vector: Float32Array.from(vector),
    ...words,
    shown,
  }));
}
