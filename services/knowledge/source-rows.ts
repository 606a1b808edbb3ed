import { and, asc, eq, gt, ilike, or, type SQL, sql } from 'drizzle-orm';
import { ParlanceError, type Passage, type Source } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { knowledgePassage, knowledgeSource } from '../db/schema/index.ts';

/** Which sources to list. */
export interface SourceFilter {
  /** In the title, the name or the section. */
  query?: string | undefined;
  language?: string | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

const pageSize = 100;

export async function listSources(
  tx: Transaction,
  { query, language, after }: SourceFilter,
): Promise<{ sources: Source[]; next: string | null }> {
  const conditions: (SQL | undefined)[] = [
    language === undefined ? undefined : eq(knowledgeSource.language, language),
    after === undefined
      ? undefined
      : gt(knowledgeSource.name, Buffer.from(after, 'base64url').toString().replaceAll('\0', '')),
  ];
  if (query) {
    const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      or(
        ilike(knowledgeSource.title, pattern),
        ilike(knowledgeSource.name, pattern),
        ilike(knowledgeSource.section, pattern),
      ),
    );
  }
  const rows = await tx
    .select()
    .from(knowledgeSource)
    .where(and(...conditions))
    .orderBy(asc(knowledgeSource.name))
    .limit(pageSize + 1);
  const sources = rows.slice(0, pageSize).map(asSource);
  const last = rows.length > pageSize ? sources.at(-1) : undefined;
  return { sources, next: last ? Buffer.from(last.name).toString('base64url') : null };
}

/** Throws `not_found`. */
export async function findSource(tx: Transaction, id: string): Promise<Source> {
  const [row] = await tx.select().from(knowledgeSource).where(eq(knowledgeSource.id, id));
  if (!row) throw new ParlanceError('not_found', 'There is no source with this id.');
  return asSource(row);
}

/** Removes a source with its passages and answers what it was. Throws `not_found`. */
export async function removeSource(tx: Transaction, id: string): Promise<Source> {
  const source = await findSource(tx, id);
  await tx.delete(knowledgePassage).where(eq(knowledgePassage.sourceId, id));
  await tx.delete(knowledgeSource).where(eq(knowledgeSource.id, id));
  return source;
}

const passageColumns = {
  id: knowledgePassage.id,
  sourceId: knowledgePassage.sourceId,
  sourceName: knowledgeSource.name,
  title: knowledgeSource.title,
  headings: knowledgePassage.headings,
  position: knowledgePassage.position,
  text: knowledgePassage.text,
  language: knowledgePassage.language,
};

const passages = (tx: Transaction) =>
  tx
    .select(passageColumns)
    .from(knowledgePassage)
    .innerJoin(knowledgeSource, eq(knowledgeSource.id, knowledgePassage.sourceId));

/** A source's passages in reading order. Throws `not_found` when there is no such source. */
export async function listPassages(tx: Transaction, sourceId: string): Promise<Passage[]> {
  await findSource(tx, sourceId);
  return await passages(tx)
    .where(eq(knowledgePassage.sourceId, sourceId))
    .orderBy(asc(knowledgePassage.position));
}

/** Throws `not_found`, also for a passage whose source has been read anew since. */
export async function findPassage(tx: Transaction, id: string): Promise<Passage> {
  const [row] = await passages(tx).where(eq(knowledgePassage.id, id));
  if (!row)
    throw new ParlanceError(
      'not_found',
      'There is no passage with this id. Its article may have been replaced.',
    );
  return row;
}

/** Whether bytes are still to be read for some source of the tenant. */
export async function awaitsBytes(tx: Transaction, sha256: string): Promise<boolean> {
  const rows = await tx
    .select({ one: sql`1` })
    .from(knowledgeSource)
    .where(and(eq(knowledgeSource.sha256, sha256), eq(knowledgeSource.state, 'reading')))
    .limit(1);
  return rows.length > 0;
}

export function asSource({
  tenantId: _,
  createdAt,
  updatedAt,
  ...row
}: typeof knowledgeSource.$inferSelect): Source {
  return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
