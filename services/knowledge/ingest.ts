import { buffer } from 'node:stream/consumers';
import { and, eq, sql } from 'drizzle-orm';
import { asParlanceError, ParlanceError, type Source } from '#contracts';
import { passagesOf, passageVector } from '#nlp';
import type { BlobStore } from '../blobs.ts';
import type { Database } from '../db/database.ts';
import { knowledgeSource } from '../db/schema/index.ts';
import { commitDocument } from './commit-document.ts';
import type { DocumentReader } from './document-reader.ts';
import type { Embed } from './embedder.ts';
import type { KnowledgeDocument } from './read-file.ts';
import { awaitsBytes, findSource } from './source-rows.ts';

export interface IngestParts {
  database: Database;
  blobs: BlobStore;
  embed: Embed;
  reader: DocumentReader;
  log: { error(detail: object, message: string): void };
}

/** A source whose bytes are in the blob store and wait to be read. */
export interface PendingSource {
  tenant: string;
  id: string;
  /** What the caller said the language is, where the file does not. */
  language: string | null;
}

/** Texts of one call of the embeddings task: small enough that a live request never waits long behind it. */
const textsAtOnce = 32;

/**
 * Reads one source whose state is `reading` and puts its passages in the place of those it had. What goes wrong with the
 * file becomes its `problem`; the passages it had before then stay. Its bytes are let go either way. Throws nothing.
 */
export async function ingest(
  parts: IngestParts,
  { tenant, id, language }: PendingSource,
  signal: AbortSignal,
): Promise<void> {
  const { database, blobs, embed, reader, log } = parts;
  const withTenant = database.withTenant.bind(database);
  const source = await withTenant(tenant, (tx) => findSource(tx, id)).catch(() => null);
  if (source?.state !== 'reading') return;
  try {
    const bytes = await buffer(await blobs.get(source.sha256, { verify: true }));
    const document = await reader.read({ bytes, name: source.name, language });
    signal.throwIfAborted();
    const vectors = await vectorsOf(document, (texts) =>
      patiently(() => embed(texts, { tenant, lane: 'batch', signal }), signal),
    );
    await withTenant(tenant, (tx) => commitDocument(tx, source, document, vectors));
  } catch (thrown) {
    // A server that stops goes on with it when it starts again.
    if (signal.aborted) return;
    const problem = problemOf(thrown);
    if (problem === undefined)
      log.error({ err: thrown, source: source.name }, 'a document could not be taken in');
    await withTenant(tenant, (tx) =>
      fail(tx, source, problem ?? 'Something went wrong on our side. Upload the file again.'),
    ).catch((err) => log.error({ err, source: source.name }, 'a failed document could not be marked'));
  }
  await dropBytes(parts, tenant, source.sha256);
}

/** Removes bytes that no source of the tenant waits to be read from. Nothing depends on it, so a failure is only logged. */
export async function dropBytes(
  { database, blobs, log }: Pick<IngestParts, 'database' | 'blobs' | 'log'>,
  tenant: string,
  sha256: string,
): Promise<void> {
  try {
    if (!(await database.withTenant(tenant, (tx) => awaitsBytes(tx, sha256)))) await blobs.delete(sha256);
  } catch (err) {
    log.error({ err }, 'the bytes of a document could not be removed');
  }
}

async function fail(
  tx: Parameters<Parameters<Database['withTenant']>[1]>[0],
  { id, sha256, passages }: Source,
  problem: string,
): Promise<void> {
  const kept = passages > 0 ? ' What it said before is still in use.' : '';
  await tx
    .update(knowledgeSource)
    .set({ state: 'failed', problem: problem + kept, updatedAt: sql`now()` })
    .where(
      and(
        eq(knowledgeSource.id, id),
        eq(knowledgeSource.sha256, sha256),
        eq(knowledgeSource.state, 'reading'),
      ),
    );
}

/** What to tell the person; undefined for what they can do nothing about. */
function problemOf(thrown: unknown): string | undefined {
  const { code, message } = asParlanceError(thrown);
  if (code === 'internal') return undefined;
  return code === 'not_found' ? 'The uploaded file is gone. Upload it again.' : message;
}

/**
 * A vector for each passage. The heading path is part of what it means: much under a heading does not name its subject
 * again. Phrases are embedded apart from the text, together as far as the model reads: joined, one would push out the other.
 */
async function vectorsOf(
  { title, language, passages }: KnowledgeDocument,
  embed: (texts: string[]) => Promise<number[][]>,
): Promise<number[][]> {
  const texts = passages.map(({ headings, text }) =>
    [[title, ...headings].filter(Boolean).join(' › '), text].filter(Boolean).join('\n'),
  );
  const phrases = passages.map((passage) =>
    passagesOf([{ headings: [], blocks: passage.phrases }], language).map(({ text }) => text),
  );
  const own = await embedAll(texts, embed);
  const ofPhrases = await embedAll(phrases.flat(), embed);
  let at = 0;
  return own.map((vector, position) => {
    const { length } = phrases[position] ?? [];
    at += length;
    return passageVector(vector, ofPhrases.slice(at - length, at));
  });
}

async function embedAll(
  texts: string[],
  embed: (texts: string[]) => Promise<number[][]>,
): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let at = 0; at < texts.length; at += textsAtOnce) {
    vectors.push(...(await embed(texts.slice(at, at + textsAtOnce))));
  }
  return vectors;
}

/** Nobody waits for a document to be read: when the queue is full it comes back as often as it must. */
async function patiently<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ParlanceError) || error.code !== 'overloaded' || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error.details.retryAfter ?? 1) * 1000));
    }
  }
}
