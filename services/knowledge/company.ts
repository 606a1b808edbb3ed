import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../db/database.ts';
import { tenantMark } from '../db/schema/index.ts';
import { filesBelow } from './files.ts';
import type { IngestQueue } from './ingest-queue.ts';
import type { IntentStore } from './intents.ts';
import { readIntentsFile } from './intents-file.ts';
import type { SourceStore } from './sources.ts';

export interface CompanyParts {
  database: Database;
  sources: SourceStore;
  intents: IntentStore;
  queue: IngestQueue;
  log: { info(detail: object, message: string): void };
}

/** What a tenant has had once; removed articles must not come back with the next start. */
const mark = 'company';
const tellEveryMs = 5000;

/**
 * Gives a tenant the articles and intents of a folder (`articles/`, `intents.yaml`), once ever. Resolves with true when all
 * is read, which takes seconds after everything is already stored, and with false when it was done before. Nothing is
 * lost when the process ends meanwhile: what was stored is read after the next start.
 */
export async function loadCompany(
  { database, sources, intents, queue, log }: CompanyParts,
  tenant: string,
  folder: string,
): Promise<boolean> {
  const had = await database.withTenant(tenant, (tx) => tx.select().from(tenantMark));
  if (had.some(({ name }) => name === mark)) return false;
  const started = performance.now();
  const author = { tenant, actor: 'demo' };
  const files = await filesBelow(join(folder, 'articles'));
  async function* contents() {
    for (const { name, path } of files) yield { name, content: await readFile(path) };
  }
  await intents.replace(author, await readIntentsFile(join(folder, 'intents.yaml')));
  const added = await sources.add(author, contents(), null);
  await database.withTenant(tenant, (tx) =>
    tx.insert(tenantMark).values({ name: mark }).onConflictDoNothing(),
  );
  log.info({ articles: added.length }, 'reading the sample company');
  const telling = setInterval(
    () => log.info({ left: queue.size() }, 'reading the sample company'),
    tellEveryMs,
  ).unref();
  await queue.idle().finally(() => clearInterval(telling));
  log.info(
    { articles: added.length, ms: Math.round(performance.now() - started) },
    'the sample company is ready',
  );
  return true;
}
