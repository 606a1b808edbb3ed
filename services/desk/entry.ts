import { and, eq, inArray } from 'drizzle-orm';
import { type InboxEntry, ParlanceError } from '#contracts';
import type { ConversationRow } from '../conversations/projection.ts';
import type { Transaction } from '../db/database.ts';
import { conversation, generation } from '../db/schema/index.ts';

/** Conversations as the inbox lists them, in the order given. */
export async function entriesOf(tx: Transaction, rows: ConversationRow[]): Promise<InboxEntry[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const running = await tx
    .selectDistinct({ id: generation.conversationId })
    .from(generation)
    .where(and(eq(generation.state, 'running'), inArray(generation.conversationId, ids)));
  const generating = new Set(running.map((each) => each.id));
  return rows.map((row) => asEntry(row, generating.has(row.id)));
}

/** One conversation of the tenant. Throws `not_found`. */
export async function findEntry(tx: Transaction, id: string): Promise<InboxEntry> {
  const rows = await tx.select().from(conversation).where(eq(conversation.id, id));
  const [entry] = await entriesOf(tx, rows);
  if (!entry) throw new ParlanceError('not_found', 'There is no conversation with this id.');
  return entry;
}

function asEntry(row: ConversationRow, generating: boolean): InboxEntry {
  const { ownerKind, ownerUserId, ownerTeamId, tenantId: _, ...rest } = row;
  return {
    ...rest,
    owner: { kind: ownerKind, userId: ownerUserId, teamId: ownerTeamId },
    generating,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
