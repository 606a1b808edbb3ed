import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { SearchResponse } from '#contracts';
import { createServices, loadConfig, type Services } from '#services';

/** The real service without HTTP, on an empty embedded database in a folder of its own. */
export async function startServices(): Promise<{ services: Services; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlance-retrieval-'));
  const config = {
    ...loadConfig({ PARLANCE_LOG_LEVEL: 'warn' }),
    dataDir,
    queueTokens: Number.MAX_SAFE_INTEGER,
  };
  const services = await createServices(config);
  await services.inference.start();
  return {
    services,
    async stop() {
      await services.knowledge.close();
      await services.inference.stop(0);
      await services.database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Ingests texts as files of their own, each under its number, into the knowledge base of a tenant. */
export async function ingest(
  { knowledge }: Services,
  tenant: string,
  language: string,
  texts: (readonly [number, string])[],
): Promise<void> {
  async function* files() {
    for (const [number, text] of texts) yield { name: `${number}.txt`, content: Buffer.from(text) };
  }
  const sources = await knowledge.sources.add({ tenant, actor: 'bench' }, files(), language);
  await knowledge.idle();
  for (const { id } of sources) {
    const { state, problem } = await knowledge.sources.get(tenant, id);
    if (state !== 'ready') throw new Error(`A paragraph was not taken in: ${problem}`);
  }
}

/** What each question finds, one after the other, and the milliseconds it took. */
export async function searchAll(
  { knowledge }: Services,
  tenant: string,
  language: string,
  questions: string[],
): Promise<SearchResponse[]> {
  const found: SearchResponse[] = [];
  for (const query of questions) found.push(await knowledge.search(tenant, { query, language, limit: 40 }));
  return found;
}

const configurations: Record<string, string> = { en: 'english', es: 'spanish' };

/** PostgreSQL's own full-text search, for comparison: any of the question's lexemes, ranked by one of its two functions. */
export async function searchByWords(
  { database }: Services,
  tenant: string,
  language: string,
  question: string,
  rank: 'ts_rank' | 'ts_rank_cd',
): Promise<string[]> {
  const configuration = sql.raw(`'${configurations[language]}'::regconfig`);
  const { rows } = (await database.withTenant(tenant, (tx) =>
    tx.execute(sql`
      select source.name from knowledge_passage as passage
        join knowledge_source as source on source.id = passage.source_id,
        (select coalesce(string_agg(quote_literal(lexeme), ' | '), '')::tsquery as asked
          from unnest(tsvector_to_array(to_tsvector(${configuration}, ${question}))) as lexeme) as query
      where search @@ asked
      order by ${sql.raw(rank)}(search, asked) desc, passage.id limit 40`),
  )) as unknown as { rows: { name: string }[] };
  return rows.map(({ name }) => name);
}
