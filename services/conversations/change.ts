import { eq } from 'drizzle-orm';
import {
  type ConversationEventData,
  type ConversationEventType,
  conversationEvents,
  type Event,
} from '#contracts';
import type { Transaction } from '../db/database.ts';
import { insertEvents, takeSeqs } from '../db/events.ts';
import { conversation } from '../db/schema/index.ts';
import {
  type ConversationRow,
  type Fact,
  moodWith,
  projectMessages,
  type RowChange,
  rowAfter,
} from './projection.ts';
import { conversationTopic, deskTopic } from './topics.ts';

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

/** `write` writes what was noted, all of it in four statements as a rule, and answers it. */
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
      await projectMessages(tx, start.id, facts);
      const { id } = start;
      await tx.update(conversation).set(changes).where(eq(conversation.id, id));
      // The desk's counter last, and always after the conversation's: writers of two conversations cannot wait in a ring.
      const first = await takeSeqs(tx, deskTopic, facts.length);
      const pointers = facts.map((fact, offset) => ({
        ...fact,
        topic: deskTopic,
        seq: first + offset,
        data: { conversationId: id, seq: fact.seq },
      }));
      await insertEvents(tx, [...facts, ...pointers]);
      return facts as Event[];
    },
  };
}
