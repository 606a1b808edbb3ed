import { eq, sql } from 'drizzle-orm';
import { maxSourceBytes, type Passage, type Source } from '#contracts';
import type { BlobInfo, BlobStore } from '../blobs.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { knowledgeSource } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { dropBytes, type IngestParts } from './ingest.ts';
import type { IngestQueue } from './ingest-queue.ts';
import { kindOfName } from './readers/kind.ts';
import {
  asSource,
  findPassage,
  findSource,
  listPassages,
  listSources,
  removeSource,
  type SourceFilter,
} from './source-rows.ts';

/** Who changes the knowledge base, as the audit log will say. */
export interface Author {
  tenant: string;
  actor: string;
}

/** A file on its way in. */
export interface UploadedFile {
  /** Such as `en/roaming.md`. */
  name: string;
  content: Uint8Array | AsyncIterable<Uint8Array>;
}

export interface SourceStore {
  /**
   * Takes files in: they are kept, and their sources are answered, before they are read. The same name replaces what
   * was there once it is read; the same bytes again change nothing. Throws `too_large` for a file above 20 MB,
   * `storage_full`, and what reading the files' streams throws; then none of them is taken.
   */
  add(author: Author, files: AsyncIterable<UploadedFile>, language: string | null): Promise<Source[]>;
  list(tenant: string, filter: SourceFilter): Promise<{ sources: Source[]; next: string | null }>;
  /** Throws `not_found`. */
  get(tenant: string, id: string): Promise<Source>;
  /** Removes a source and its passages at once. Throws `not_found`. */
  remove(author: Author, id: string): Promise<void>;
  /** A source's passages in reading order. Throws `not_found`. */
  passages(tenant: string, id: string): Promise<Passage[]>;
  /** Throws `not_found`. */
  passage(tenant: string, id: string): Promise<Passage>;
  /** Goes on with what was being read when the process ended. */
  resume(tenant: string): Promise<void>;
}

interface Kept {
  name: string;
  blob: BlobInfo;
}

/** The sources of the knowledge base over database and blob store. */
export function createSourceStore(
  parts: Pick<IngestParts, 'database' | 'blobs' | 'log'>,
  queue: IngestQueue,
): SourceStore {
  const { database, blobs } = parts;
  const inTenant = <T>(tenant: string, work: (tx: Transaction) => Promise<T>) =>
    database.withTenant(tenant, work);
  return {
    async add({ tenant, actor }, files, language) {
      const kept: Kept[] = [];
      try {
        await keep(blobs, files, kept);
        const sources = await addRows(database, { tenant, actor }, kept, language);
        for (const { id, state } of sources) if (state === 'reading') queue.add({ tenant, id, language });
        return sources;
      } finally {
        for (const { blob } of kept) await dropBytes(parts, tenant, blob.id);
      }
    },
    list: (tenant, filter) => inTenant(tenant, (tx) => listSources(tx, filter)),
    get: (tenant, id) => inTenant(tenant, (tx) => findSource(tx, id)),
    async remove({ tenant, actor }, id) {
      const { sha256 } = await inTenant(tenant, async (tx) => {
        const removed = await removeSource(tx, id);
        await recordAudit(tx, { actor, action: 'source.remove', target: id, detail: { name: removed.name } });
        return removed;
      });
      await dropBytes(parts, tenant, sha256);
    },
    passages: (tenant, id) => inTenant(tenant, (tx) => listPassages(tx, id)),
    passage: (tenant, id) => inTenant(tenant, (tx) => findPassage(tx, id)),
    async resume(tenant) {
      const rows = await inTenant(tenant, (tx) =>
        tx
          .select({ id: knowledgeSource.id })
          .from(knowledgeSource)
          .where(eq(knowledgeSource.state, 'reading')),
      );
      for (const { id } of rows) queue.add({ tenant, id, language: null });
    },
  };
}

async function keep(blobs: BlobStore, files: AsyncIterable<UploadedFile>, kept: Kept[]): Promise<void> {
  for await (const { name, content } of files)
    kept.push({ name, blob: await blobs.put(content, { maxBytes: maxSourceBytes, name }) });
}

function addRows(
  database: Database,
  { tenant, actor }: Author,
  kept: Kept[],
  language: string | null,
): Promise<Source[]> {
  return database.withTenant(tenant, async (tx) => {
    const sources: Source[] = [];
    for (const { name, blob } of kept) {
      const [known] = await tx
        .select()
        .from(knowledgeSource)
        .where(eq(knowledgeSource.name, name))
        .for('update');
      if (known?.state === 'ready' && known.sha256 === blob.id) {
        sources.push(asSource(known));
        continue;
      }
      const bytes = { sha256: blob.id, bytes: blob.size, state: 'reading' as const, problem: null };
      const [row] = await tx
        .insert(knowledgeSource)
        .values({
          ...bytes,
          id: newId('src'),
          name,
          title: titleOf(name),
          kind: kindOfName(name) ?? 'text',
          language: language ?? 'en',
        })
        .onConflictDoUpdate({
          target: [knowledgeSource.tenantId, knowledgeSource.name],
          set: { ...bytes, updatedAt: sql`now()` },
        })
        .returning();
      if (!row) throw new Error('insert returned no row');
      await recordAudit(tx, {
        actor,
        action: 'source.add',
        target: row.id,
        detail: { name, sha256: blob.id },
      });
      sources.push(asSource(row));
    }
    return sources;
  });
}

/** What a file is called until it says so itself: its name without folder, extension and dashes. */
function titleOf(name: string): string {
  const stem = (name.split('/').at(-1) ?? name).replace(/\.[^.]+$/, '');
  return stem.replaceAll(/[-_]+/g, ' ').trim() || name;
}
