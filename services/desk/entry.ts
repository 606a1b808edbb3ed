import { desc, eq, type SQL, sql } from 'drizzle-orm';
import { type InboxEntry, ParlanceError } from '#contracts';
import type { ConversationRow } from '../conversations/projection.ts';
import type { Transaction } from '../db/database.ts';
import { conversation, generation } from '../db/schema/index.ts';

/** What the inbox lists of a conversation: its row, and whether an answer is being written. */
const listed = {
  row: conversation,
  // Among the fields of a query a column stands without its table: the two ids must not be taken for one another.
  generating: sql<boolean>`exists (select 1 from ${generation}
    where ${generation}.conversation_id = ${conversation}.id and ${generation}.state = 'running')`,
};

/** Conversations as the inbox lists them: those that meet the condition, latest change first, `limit` at most. */
export async function listEntries(
  tx: Transaction,
  condition: SQL | undefined,
  limit: number,
): Promise<InboxEntry[]> {
  const found = await tx
    .select(listed)
    .from(conversation)
    .where(condition)
    .orderBy(desc(conversation.updatedAt), desc(conversation.id))
    .limit(limit);
  return found.map(asEntry);
}

/** One conversation of the tenant. Throws `not_found`. */
export async function findEntry(tx: Transaction, id: string): Promise<InboxEntry> {
  const [entry] = await listEntries(tx, eq(conversation.id, id), 1);
  if (!entry) throw new ParlanceError('not_found', 'There is no conversation with this id.');
  return entry;
}

/** A conversation inside a change, with what is not yet written. */
export async function entryWithin(tx: Transaction, row: ConversationRow): Promise<InboxEntry> {
  return { ...asEntry({ row, generating: false }), generating: (await findEntry(tx, row.id)).generating };
}

function asEntry({ row, generating }: { row: ConversationRow; generating: boolean }): InboxEntry {
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
