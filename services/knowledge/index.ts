import { type CompanyParts, loadCompany } from './company.ts';
import { createDocumentReader } from './document-reader.ts';
import { createEmbed } from './embedder.ts';
import { createGapStore, type GapStore } from './gaps.ts';
import type { IngestParts } from './ingest.ts';
import { createIngestQueue } from './ingest-queue.ts';
import { createIntentStore, type IntentStore } from './intents.ts';
import { createSearch, type KnowledgeSearch } from './search.ts';
import { createSourceStore, type SourceStore } from './sources.ts';

export type { KnowledgeSearch } from './search.ts';

/** What the bot answers from. */
export interface Knowledge extends KnowledgeSearch {
  sources: SourceStore;
  gaps: GapStore;
  intents: IntentStore;
  /** As `loadCompany` of ./company.ts. */
  loadCompany(tenant: string, folder: string): Promise<boolean>;
  /** Resolves when every file that was taken in is read. */
  idle(): Promise<void>;
  /** Ends what is being read; it is read after the next start. Before the database closes. */
  close(): Promise<void>;
}

export interface KnowledgeParts extends Pick<IngestParts, 'database' | 'blobs'> {
  tasks: Parameters<typeof createEmbed>[0];
  log: IngestParts['log'] & CompanyParts['log'];
}

/** The knowledge base over the database, the blob store and the embeddings task. */
export function createKnowledge({ tasks, ...parts }: KnowledgeParts): Knowledge {
  const { database, log } = parts;
  const embed = createEmbed(tasks);
  const queue = createIngestQueue({ ...parts, embed, reader: createDocumentReader() });
  const sources = createSourceStore(parts, queue);
  const intents = createIntentStore(database);
  return {
    ...createSearch(database, embed),
    sources,
    gaps: createGapStore(database),
    intents,
    loadCompany: (tenant, folder) => loadCompany({ database, sources, intents, queue, log }, tenant, folder),
    idle: queue.idle,
    close: queue.close,
  };
}
