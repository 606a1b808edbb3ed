import { and, eq, sql } from 'drizzle-orm';
import type { Source } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { knowledgePassage, knowledgeSource } from '../db/schema/index.ts';
import type { KnowledgeDocument } from './read-file.ts';
import { configurationOf } from './text-search.ts';

/** Rows of one statement: more would hold the embedded database, and with it everybody, for too long. */
const rowsAtOnce = 50;

/**
 * Replaces what a source said before by a document, all or nothing. False, and nothing is done, when the source has been
 * removed or given other bytes since these were read.
 */
export async function commitDocument(
  tx: Transaction,
  { id, sha256, title }: Pick<Source, 'id' | 'sha256' | 'title'>,
  document: KnowledgeDocument,
  vectors: number[][],
): Promise<boolean> {
  const { kind, section, language } = document;
  const settled = await tx
    .update(knowledgeSource)
    .set({
      kind,
      section,
      language,
      title: document.title ?? title,
      state: 'ready',
      problem: null,
      passages: document.passages.length,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(knowledgeSource.id, id),
        eq(knowledgeSource.sha256, sha256),
        eq(knowledgeSource.state, 'reading'),
      ),
    )
    .returning({ id: knowledgeSource.id });
  if (settled.length === 0) return false;
  await tx.delete(knowledgePassage).where(eq(knowledgePassage.sourceId, id));
  const rows = document.passages.map(({ headings, text, phrases }, position) => ({
    id: newId('pas'),
    sourceId: id,
    position,
    headings,
    text,
    language,
    embedding: vectors[position] ?? [],
    search: searchOf(language, [document.title ?? title, ...headings, text], phrases),
  }));
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx.insert(knowledgePassage).values(rows.slice(at, at + rowsAtOnce));
  return true;
}

/** The words of phrases carry the label C, by which a passage that has phrases is known; all others carry none. */
const searchOf = (language: string, texts: string[], phrases: string[]) =>
  sql<string>`${lexemesOf(language, texts)} || setweight(${lexemesOf(language, phrases)}, 'C')`;

/** A compound such as Wi-Fi counts as one word too: many people write it so. */
function lexemesOf(language: string, texts: string[]) {
  const text = texts.join('\n');
  const compounds = text.match(/\p{L}+(-\p{L}+)+/gu) ?? [];
  const words = [text, ...compounds.map((compound) => compound.replaceAll('-', ''))].join('\n');
  return sql<string>`to_tsvector(${configurationOf(sql`${language}::text`)}, ${words})`;
}
