import { readFile } from 'node:fs/promises';
import type { SearchResponse, Source } from '#contracts';
import type { Config } from '../../config.ts';
import { clientOf, findServer, type ServerChoice } from '../backend/connect.ts';

/** A knowledge base to work with: a running server's, or the one of this configuration, opened for one command. */
export interface KnowledgeAccess {
  /** For the last line of a run: `http://127.0.0.1:8787`, `this process`. */
  readonly where: string;
  /** Takes a file in; it is read in the background. */
  add(name: string, path: string, language: string | undefined): Promise<Source>;
  get(id: string): Promise<Source>;
  list(): Promise<Source[]>;
  search(query: string, language: string | undefined, limit: number): Promise<SearchResponse>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A running server when there is one, else the database of this configuration, which is then nobody else's. Without
 * `models` nothing can be read or searched and it opens faster.
 */
export async function openKnowledge(
  config: Config,
  choice: ServerChoice,
  { models }: { models: boolean },
): Promise<KnowledgeAccess> {
  const server = await findServer(config, choice);
  return server ? overServer(server) : inProcess(config, models);
}

function overServer(server: Parameters<typeof clientOf>[0]): KnowledgeAccess {
  const { knowledge } = clientOf(server);
  return {
    where: server.url,
    add: async (name, path, language) =>
      knowledge.sources.upload(new Blob([await readFile(path)]), name, { language }),
    get: knowledge.sources.get,
    list: () => allPages((after) => knowledge.sources.list(after === undefined ? {} : { after })),
    search: (query, language, limit) => knowledge.search({ query, limit, ...(language ? { language } : {}) }),
    remove: knowledge.sources.remove,
    close: async () => {},
  };
}

async function inProcess(config: Config, models: boolean): Promise<KnowledgeAccess> {
  const [{ createServices }, { defaultTenant }] = await Promise.all([
    import('../../container.ts'),
    import('../../principal.ts'),
  ]);
  // This command is the queue's only user and waits its turn.
  const services = await createServices({
    ...config,
    queueTokens: Number.MAX_SAFE_INTEGER,
    logLevel: 'error',
  });
  const { knowledge, inference, database } = services;
  const author = { tenant: defaultTenant, actor: 'command-line' };
  const close = async () => {
    await knowledge.close();
    await inference.stop(0);
    await database.close();
  };
  if (models) {
    await inference.start().catch(async (error) => {
      await close();
      throw error;
    });
  }
  return {
    where: 'this process',
    async add(name, path, language) {
      async function* one() {
        yield { name, content: await readFile(path) };
      }
      const [source] = await knowledge.sources.add(author, one(), language ?? null);
      return source as Source;
    },
    get: (id) => knowledge.sources.get(defaultTenant, id),
    list: () => allPages((after) => knowledge.sources.list(defaultTenant, { after })),
    search: (query, language, limit) => knowledge.search(defaultTenant, { query, language, limit }),
    remove: (id) => knowledge.sources.remove(author, id),
    close,
  };
}

async function allPages(
  page: (after: string | undefined) => Promise<{ sources: Source[]; next: string | null }>,
): Promise<Source[]> {
  const all: Source[] = [];
  for (let after: string | undefined; ; ) {
    const { sources, next } = await page(after);
    all.push(...sources);
    if (next === null) return all;
    after = next;
  }
}
