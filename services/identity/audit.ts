import { desc, lt } from 'drizzle-orm';
import { type AuditEntry, type AuditPage, ParlanceError } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { auditEntry } from '../db/schema/index.ts';

/**
 * Writes one line of the audit log in the transaction of the change it tells of: both are there or neither.
 * The database grants no change or removal of a line. `detail` must hold no secret and no customer's words.
 */
export async function recordAudit(
  tx: Transaction,
  entry: Pick<AuditEntry, 'actor' | 'action' | 'target'> & { detail?: Record<string, unknown> },
): Promise<void> {
  await tx.insert(auditEntry).values({ ...entry, id: newId('aud'), detail: entry.detail ?? {} });
}

export interface AuditLog {
  /**
   * One page of a tenant's log, newest first. `after` is the `next` of the page before. Throws `invalid_input` for a
   * cursor that is none of this list's.
   */
  page(tenant: string, page: { after?: string | undefined; limit: number }): Promise<AuditPage>;
}

/** The audit log over the database, for reading. Writing is `recordAudit`, in the transaction of the change. */
export function createAuditLog(db: Database): AuditLog {
  return {
    async page(tenant, { after, limit }) {
      const older = after === undefined ? undefined : lt(auditEntry.id, decodeCursor(after));
      const rows = await db.withTenant(tenant, (tx) =>
        tx
          .select()
          .from(auditEntry)
          .where(older)
          .orderBy(desc(auditEntry.id))
          .limit(limit + 1),
      );
      const entries = rows.slice(0, limit);
      const last = rows.length > limit ? entries.at(-1) : undefined;
      return {
        entries: entries.map(({ tenantId: _, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
        next: last ? Buffer.from(last.id).toString('base64url') : null,
      };
    },
  };
}

function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^aud_[0-9a-z]{26}$/.test(id)) {
    throw ParlanceError.field('/after', 'This is not a cursor of this list. Start from the first page.');
  }
  return id;
}
