import { and, eq } from 'drizzle-orm';
import type { Ledger } from '../conversations/ledger.ts';
import type { Database } from '../db/database.ts';
import { message } from '../db/schema/index.ts';
import { bot } from './answer-end.ts';
import { textOf } from './generation.ts';
import { type AnswerKey, dropChunks, endRow, readChunks, silentRows } from './generation-rows.ts';

/** An answer nobody has kept alive for so long has lost its writer. */
export const silentMs = 90_000;

/**
 * Ends the answers of a tenant whose writer is gone, as `interrupted` and with what had reached the database; a writer that
 * comes back is refused. `spared` are those this process is writing. Answers how many.
 */
export async function reap(
  database: Database,
  ledger: Ledger,
  tenant: string,
  silence: number,
  spared: (key: AnswerKey) => boolean,
): Promise<number> {
  const silent = await database.withTenant(tenant, (tx) => silentRows(tx, silence));
  let count = 0;
  for (const key of silent) {
    if (spared(key)) continue;
    if (await cutOff(ledger, tenant, key, 'interrupted')) count++;
  }
  return count;
}

/** Ends a running answer whoever writes it, with as much of its text as `text` says or else the database has; false when it has ended. */
export function cutOff(
  ledger: Ledger,
  tenant: string,
  key: AnswerKey,
  state: 'stopped' | 'interrupted',
  text?: string,
): Promise<boolean> {
  return ledger.change({ tenant, customer: null }, key.conversationId, async (change) => {
    const { tx } = change;
    if (!(await endRow(tx, key, state))) return false;
    const said = text ?? textOf((await readChunks(tx, key)).flatMap(({ chunks }) => chunks));
    await dropChunks(tx, key);
    const at = and(eq(message.conversationId, key.conversationId), eq(message.id, key.messageId));
    const [row] = await tx.select({ parentId: message.parentId }).from(message).where(at);
    await change.add(bot, 'answer-ended', {
      messageId: key.messageId,
      parentId: row?.parentId ?? '',
      state,
      text: said,
      outcome: null,
      citations: [],
      choices: [],
    });
    return true;
  });
}
