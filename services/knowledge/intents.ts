import { asc } from 'drizzle-orm';
import { type Intent, ParlanceError } from '#contracts';
import type { Database } from '../db/database.ts';
import { knowledgeIntent } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Author } from './sources.ts';

export interface IntentStore {
  /** In the order they were saved. */
  list(tenant: string): Promise<Intent[]>;
  /** Puts these in the place of all there were, at once. Throws `invalid_input` when two have one name. */
  replace(author: Author, intents: Intent[]): Promise<Intent[]>;
}

/** What the knowledge base says customers come with. */
export function createIntentStore(database: Database): IntentStore {
  return {
    async list(tenant) {
      const rows = await database.withTenant(tenant, (tx) =>
        tx.select().from(knowledgeIntent).orderBy(asc(knowledgeIntent.position)),
      );
      return rows.map(({ tenantId: _, position: __, ...intent }) => intent);
    },
    async replace({ tenant, actor }, intents) {
      const twice = intents.findIndex(
        ({ name }, at) => intents.findIndex((each) => each.name === name) !== at,
      );
      if (twice >= 0)
        throw ParlanceError.field(`/intents/${twice}/name`, 'Another intent has this name already.');
      await database.withTenant(tenant, async (tx) => {
        await tx.delete(knowledgeIntent);
        if (intents.length > 0)
          await tx
            .insert(knowledgeIntent)
            .values(intents.map((intent, position) => ({ ...intent, position })));
        await recordAudit(tx, {
          actor,
          action: 'intents.replace',
          target: 'intents',
          detail: { count: intents.length },
        });
      });
      return intents;
    },
  };
}
