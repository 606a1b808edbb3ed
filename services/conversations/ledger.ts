import { eq } from 'drizzle-orm';
import {
  type ConversationEventData,
  type ConversationEventType,
  conversationEvents,
  type Event,
  ParlanceError,
} from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { appendEvents } from '../db/events.ts';
import { conversation } from '../db/schema/index.ts';
import { actForCompany } from '../db/tenancy.ts';
import type { Live } from './live.ts';
import { type ConversationRow, type Fact, projectMessage, rowAfter, trendNow } from './projection.ts';
import { conversationTopic, deskTopic } from './topics.ts';

/** For whom a conversation is changed. With a `customer`, it must be theirs. */
export interface Party {
  tenant: string;
  customer: string | null;
}

/** One conversation inside a transaction, locked: nobody else changes it until the commit. */
export interface Change {
  tx: Transaction;
  /** As it is now, with what was added so far. */
  readonly row: ConversationRow;
  /** Writes a fact to the log, and to the messages and the row that are read from it. */
  add<T extends ConversationEventType>(
    actor: Event['actor'],
    type: T,
    data: ConversationEventData[T],
  ): Promise<Event>;
}

export interface Ledger {
  /**
   * Opens a conversation with its first fact. The same id for the same customer again is no second one; false then.
   * Throws `conflict` for an id that someone else's conversation has.
   */
  open(party: { tenant: string; customer: string }, opening: Opening): Promise<boolean>;
  /**
   * The one way to change a conversation: locks it, lets `work` decide on what it is now and add facts, commits all of it
   * or nothing, and wakes the readers. Throws `not_found` when there is none, or it is another customer's.
   */
  change<T>(party: Party, conversationId: string, work: (change: Change) => Promise<T>): Promise<T>;
}

export interface Opening {
  id: string;
  customerName: string | null;
  language: string;
  title: string;
}

/** Every change of every conversation goes through here, so that log, messages and inbox cannot disagree. */
export function createLedger(db: Database, live: Live): Ledger {
  const wake = (tenant: string, id: string) => {
    live.wake(tenant, conversationTopic(id));
    live.wake(tenant, deskTopic);
  };

  return {
    async open({ tenant, customer }, { id, ...opening }) {
      const made = await db.withTenant(tenant, async (tx) => {
        const values = { ...opening, id, customerId: customer };
        const [row] = await tx.insert(conversation).values(values).onConflictDoNothing().returning();
        if (!row) {
          const [there] = await tx.select().from(conversation).where(eq(conversation.id, id));
          if (there?.customerId === customer) return false;
          throw new ParlanceError('conflict', 'This conversation id is taken. Choose another UUID.');
        }
        const { customerName, language } = opening;
        const data = { customerId: customer, customerName, language };
        await changeOf(tx, row).add({ kind: 'customer', id: customer }, 'conversation-opened', data);
        return true;
      });
      if (made) wake(tenant, id);
      return made;
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
        const change = changeOf(tx, row);
        const result = await work(change);
        return { result, grew: change.row.lastSeq > row.lastSeq };
      };
      const { result, grew } = await (customer === null
        ? db.withTenant(tenant, locked)
        : db.withCustomer({ tenant, customer }, locked));
      if (grew) wake(tenant, conversationId);
      return result;
    },
  };
}

function changeOf(tx: Transaction, start: ConversationRow): Change {
  let row = start;
  return {
    tx,
    get row() {
      return row;
    },
    async add(actor, type, data) {
      const checked = conversationEvents[type].parse(data) as Record<string, unknown>;
      const [event] = await appendEvents(tx, conversationTopic(row.id), [{ type, actor, data: checked }]);
      if (!event) throw new Error('the log took no event');
      const fact = event as Fact;
      await projectMessage(tx, row, fact);
      const changes = rowAfter(row, fact);
      if (type === 'message-scored') changes.trend = await trendNow(tx, row.id);
      await tx.update(conversation).set(changes).where(eq(conversation.id, row.id));
      row = { ...row, ...changes };
      // The desk's counter last, and always after the conversation's: writers of two conversations cannot wait in a ring.
      await appendEvents(tx, deskTopic, [{ type, actor, data: { conversationId: row.id, seq: event.seq } }]);
      return event;
    },
  };
}
