import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database, Transaction } from '../db/database.ts';
import { conversation, knowledgeSource, tenantMark } from '../db/schema/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { DemoPlayer } from './player.ts';

const mark = 'demo-conversations';

interface FirstStartParts {
  config: Pick<Config, 'demo' | 'root'>;
  database: Database;
  knowledge: Pick<Knowledge, 'loadCompany'>;
  demo: Pick<DemoPlayer, 'play'>;
}

/**
 * Gives a tenant that has nothing yet the sample company, and its customers once the articles are read. Once ever: a tenant
 * that has been talked to, or has documents of its own, is somebody's. True when they come in.
 */
export async function playFirstStart(parts: FirstStartParts, tenant: string): Promise<boolean> {
  const { config, database, knowledge, demo } = parts;
  if (!config.demo || !(await database.withTenant(tenant, isEmpty))) return false;
  await knowledge.loadCompany(tenant, join(config.root, 'examples', 'orrin'));
  const first = await database.withTenant(tenant, async (tx) => {
    // Whoever talked while the articles were read has the desk to themselves.
    if (await isTalkedTo(tx)) return false;
    const marked = await tx.insert(tenantMark).values({ name: mark }).onConflictDoNothing().returning();
    return marked.length > 0;
  });
  if (first) await demo.play(tenant, 1);
  return first;
}

/** An interrupted first start has articles and goes on; so the company's own count for nothing. */
async function isEmpty(tx: Transaction): Promise<boolean> {
  const marks = (await tx.select({ name: tenantMark.name }).from(tenantMark)).map(({ name }) => name);
  if (marks.includes(mark) || (await isTalkedTo(tx))) return false;
  const sources = await tx.select({ id: knowledgeSource.id }).from(knowledgeSource).limit(1);
  return sources.length === 0 || marks.includes('company');
}

async function isTalkedTo(tx: Transaction): Promise<boolean> {
  return (await tx.select({ id: conversation.id }).from(conversation).limit(1)).length > 0;
}
