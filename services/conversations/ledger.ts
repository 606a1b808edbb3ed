import { eq } from 'drizzle-orm';
import { type Event, ParlanceError } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { conversation } from '../db/schema/index.ts';
import { actForCompany } from '../db/tenancy.ts';
import { type Change, openChange } from './change.ts';
import type { Live } from './live.ts';
import type { ConversationRow } from './projection.ts';
import { conversationTopic, deskTopic } from './topics.ts';

export type { Change } from './change.ts';

/** For whom a conversation is changed. With a `customer`, it must be theirs. */
export interface Party {
  tenant: string;
  customer: string | null;
}

export interface Opening {
  id: string;
  customerName: string | null;
  language: string;
  title: string;
}

export interface Ledger {
  /**
   * Opens a conversation with its first fact, and whatever `work` adds to it. The same id for the same customer again is
   * no second one: false then, and `work` is not run. Throws `conflict` for an id that someone else's conversation has.
   */
  open(
    party: { tenant: string; customer: string },
    opening: Opening,
    work?: (change: Change) => Promise<void>,
  ): Promise<boolean>;
  /**
   * The one way to change a conversation: locks it, lets `work` decide on what it is now and add facts, commits all of it
   * or nothing, and wakes the readers. Throws `not_found` when there is none, or it is another customer's.
   */
  change<T>(party: Party, conversationId: string, work: (change: Change) => Promise<T>): Promise<T>;
  /** Calls `onCommit` with every conversation this process has changed, as it is then, until the returned function is called. */
  watch(onCommit: (row: ConversationRow) => void): () => void;
}

/** Every change of every conversation goes through here, so that log, messages and inbox cannot disagree. */
export function createLedger(db: Database, live: Live): Ledger {
  const watchers = new Set<(row: ConversationRow) => void>();
  const tell = ({ row, events }: { row: ConversationRow; events: Event[] }) => {
    if (events.length === 0) return;
    for (const onCommit of watchers) onCommit(row);
    live.publish(row.tenantId, conversationTopic(row.id), events);
    live.wake(row.tenantId, deskTopic);
  };

  return {
    async open({ tenant, customer }, { id, ...opening }, work) {
      const opened = await db.withTenant(tenant, async (tx) => {
        const values = { ...opening, id, customerId: customer };
        const [row] = await tx.insert(conversation).values(values).onConflictDoNothing().returning();
        if (!row) {
          const [there] = await tx.select().from(conversation).where(eq(conversation.id, id));
          if (there?.customerId === customer) return undefined;
          throw new ParlanceError('conflict', 'This conversation id is taken. Choose another UUID.');
        }
        const { change, write } = openChange(tx, row);
        const { customerName, language } = opening;
        const data = { customerId: customer, customerName, language };
        await change.add({ kind: 'customer', id: customer }, 'conversation-opened', data);
        await work?.(change);
        const events = await write();
        return { row: change.row, events };
      });
      if (opened) tell(opened);
      return opened !== undefined;
    },

    async change({ tenant, customer }, conversationId, work) {
      const locked = async (tx: Transaction) => {
        const [row] = await tx
          .select()
          .from(conversation)
          .where(eq(conversation.id, conversationId))
          .for('update');
        if (!row) throw new ParlanceError('not_found', 'There is no conversation with this id.');
        if (customer !== null) await actForCompany(tx);
        const { change, write } = openChange(tx, row);
        const result = await work(change);
        const events = await write();
        return { result, row: change.row, events };
      };
      const { result, ...changed } = await (customer === null
        ? db.withTenant(tenant, locked)
        : db.withCustomer({ tenant, customer }, locked));
      tell(changed);
      return result;
    },

    watch(onCommit) {
      watchers.add(onCommit);
      return () => watchers.delete(onCommit);
    },
  };
}
