import { eq } from 'drizzle-orm';
import {
  type ConversationEventData,
  type ConversationEventType,
  conversationEvents,
  type Event,
} from '#contracts';
import type { Transaction } from '../db/database.ts';
import { conversation } from '../db/schema/index.ts';
import {
  type ConversationRow,
  type Fact,
  messageWrites,
  moodWith,
  type RowChange,
  rowAfter,
} from './projection.ts';
import { conversationTopic } from './topics.ts';
import { writeFacts } from './write.ts';

/** One conversation inside a transaction, locked: nobody else changes it until the commit. */
export interface Change {
  tx: Transaction;
  /** As it is now, with what was added so far. */
  readonly row: ConversationRow;
  /**
   * Notes a fact for the log, the messages and the row that are read from it; they are written together when the work on
   * the conversation is done. Until then `row` knows it, and a query through `tx` does not.
   */
  add<T extends ConversationEventType>(
    actor: Event['actor'],
    type: T,
    data: ConversationEventData[T],
  ): Promise<Event>;
}

/** `write` writes what was noted, all of it in one statement, and answers it. */
export function openChange(
  tx: Transaction,
  start: ConversationRow,
): { change: Change; write(): Promise<Event[]> } {
  const topic = conversationTopic(start.id);
  const facts: Fact[] = [];
  let row = start;
  let changes: RowChange = {};

  const change: Change = {
    tx,
    get row() {
      return row;
    },
    async add(actor, type, data) {
      const checked = conversationEvents[type].parse(data) as Record<string, unknown>;
      // Times follow the order of the log, also when another process's clock was ahead.
      const at = new Date(Math.max(Date.now(), row.updatedAt.getTime())).toISOString();
      // The row's lock is the conversation's counter: nobody else can have given out this place.
      const seq = row.lastSeq + 1;
      const fact = { v: 1, topic, seq, type, at, actor, data: checked } as unknown as Fact;
      facts.push(fact);
      const mood = fact.type === 'message-scored' ? await moodWith(tx, row.id, fact.data) : {};
      changes = { ...changes, ...rowAfter(row, fact), ...mood };
      row = { ...row, ...changes };
      return fact as Event;
    },
  };

  return {
    change,
    async write() {
      if (facts.length === 0) return [];
      const update = tx.update(conversation).set(changes).where(eq(conversation.id, start.id)).getSQL();
      await writeFacts(tx, start.id, facts as Event[], [...messageWrites(tx, start.id, facts), update]);
      return facts as Event[];
    },
  };
}
