import type { Database } from '../db/database.ts';
import { conversation, tenantMark } from '../db/schema/index.ts';

/** Whether this is the one time the demo plays by itself: nobody has talked to this tenant, and it never was offered. */
export async function takeFirstStart(db: Database, tenant: string): Promise<boolean> {
  return db.withTenant(tenant, async (tx) => {
    const talked = await tx.select({ id: conversation.id }).from(conversation).limit(1);
    if (talked.length > 0) return false;
    const marked = await tx
      .insert(tenantMark)
      .values({ name: 'demo-conversations' })
      .onConflictDoNothing()
      .returning();
    return marked.length > 0;
  });
}
