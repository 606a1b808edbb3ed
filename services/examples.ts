import { asc, eq } from 'drizzle-orm';
import { type CreateExampleRequest, type Example, ParlanceError } from '#contracts';
import type { Database, Transaction } from './db/database.ts';
import { newId } from './db/id.ts';
import { earlierResult } from './db/idempotency.ts';
import { example, tenantMark } from './db/schema/index.ts';
import { demoExamples } from './demo-examples.ts';

export interface ExampleStore {
  /** A tenant's saved inputs, oldest first. */
  list(tenant: string): Promise<Example[]>;
  /**
   * Saves an input. With an `idempotencyKey` that was used for the same request before, answers what was saved then.
   * Throws `conflict` when it was used for another request, or what was saved then has been deleted.
   */
  create(tenant: string, request: CreateExampleRequest, idempotencyKey?: string): Promise<Example>;
  /** Throws `not_found`. */
  remove(tenant: string, id: string): Promise<void>;
  /** Gives a tenant the demo's examples, once ever: what was deleted stays deleted. True when it did. */
  loadDemo(tenant: string): Promise<boolean>;
}

/** Saved playground inputs over the database. */
export function createExampleStore(db: Database): ExampleStore {
  return {
    async list(tenant) {
      const rows = await db.withTenant(tenant, (tx) => tx.select().from(example).orderBy(asc(example.id)));
      return rows.map(asExample);
    },

    async create(tenant, request, idempotencyKey) {
      const id = newId('exa');
      const row = await db.withTenant(tenant, async (tx) => {
        if (idempotencyKey !== undefined) {
          const retry = { key: idempotencyKey, operation: 'example.create', body: request };
          const earlier = await earlierResult(tx, retry, id);
          if (earlier) return await findSaved(tx, earlier);
        }
        const [saved] = await tx
          .insert(example)
          .values({ ...request, id })
          .returning();
        if (!saved) throw new Error('insert returned no row');
        return saved;
      });
      return asExample(row);
    },

    async remove(tenant, id) {
      const removed = await db.withTenant(tenant, (tx) =>
        tx.delete(example).where(eq(example.id, id)).returning({ id: example.id }),
      );
      if (removed.length === 0) throw new ParlanceError('not_found', 'There is no example with this id.');
    },

    loadDemo: (tenant) =>
      db.withTenant(tenant, async (tx) => {
        const marked = await tx.insert(tenantMark).values({ name: 'demo' }).onConflictDoNothing().returning();
        if (marked.length === 0) return false;
        await tx.insert(example).values(demoExamples.map((each) => ({ ...each, id: newId('exa') })));
        return true;
      }),
  };
}

async function findSaved(tx: Transaction, id: string) {
  const [row] = await tx.select().from(example).where(eq(example.id, id));
  if (!row) {
    throw new ParlanceError(
      'conflict',
      'What this Idempotency-Key saved has been deleted since. Use a new key to save it again.',
    );
  }
  return row;
}

function asExample({ tenantId: _, createdAt, ...row }: typeof example.$inferSelect): Example {
  return { ...row, createdAt: createdAt.toISOString() };
}
