import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Event } from '#contracts';
import type { Transaction } from './database.ts';
import { eventLog, eventTopic } from './schema/index.ts';

/** What the writer says; the log adds topic, `seq` and time. */
export type NewEvent = Pick<Event, 'type' | 'actor' | 'data'>;

/**
 * Appends events to a topic in the order given. `seq` counts 1, 2, 3 … within the topic without a gap: the counter is
 * a row of its own, so it is rolled back with the transaction, and its lock is held until the commit, so a reader who
 * has seen `seq` n has seen all before it. Two transactions that append to the same two topics must do so in the
 * same order.
 */
export async function appendEvents(tx: Transaction, topic: string, events: NewEvent[]): Promise<Event[]> {
  if (events.length === 0) return [];
  const first = await takeSeqs(tx, topic, events.length);
  const at = new Date().toISOString();
  const placed = events.map((event, offset): Event => ({ v: 1, ...event, topic, seq: first + offset, at }));
  await insertEvents(tx, placed);
  return placed;
}

/** Takes the next `count` places of a topic for this transaction, which must fill them all; answers the first. */
export async function takeSeqs(tx: Transaction, topic: string, count: number): Promise<number> {
  const [counter] = await tx
    .insert(eventTopic)
    .values({ topic, lastSeq: count })
    .onConflictDoUpdate({
      target: [eventTopic.tenantId, eventTopic.topic],
      set: { lastSeq: sql`${eventTopic.lastSeq} + ${count}` },
    })
    .returning({ lastSeq: eventTopic.lastSeq });
  return (counter?.lastSeq ?? count) - count + 1;
}

/** Writes events into the places they name, which the transaction must have taken. */
export async function insertEvents(tx: Transaction, events: Event[]): Promise<void> {
  const rows = events.map(({ topic, seq, type, at, actor, data }) => {
    return { topic, seq, type, at: new Date(at), actor, data };
  });
  await tx.insert(eventLog).values(rows);
}

/** The events of a topic after `seq` (0 for all), oldest first, at most `limit`. */
export async function readEvents(
  tx: Transaction,
  topic: string,
  seq: number,
  limit: number,
): Promise<Event[]> {
  const rows = await tx
    .select()
    .from(eventLog)
    .where(and(eq(eventLog.topic, topic), gt(eventLog.seq, seq)))
    .orderBy(asc(eventLog.seq))
    .limit(limit);
  return rows.map(asEvent);
}

/** The events of a topic just before `seq`, oldest first, at most `limit`. */
export async function readEventsBefore(
  tx: Transaction,
  topic: string,
  seq: number,
  limit: number,
): Promise<Event[]> {
  const rows = await tx
    .select()
    .from(eventLog)
    .where(and(eq(eventLog.topic, topic), lt(eventLog.seq, seq)))
    .orderBy(desc(eventLog.seq))
    .limit(limit);
  return rows.reverse().map(asEvent);
}

/** The `seq` of a topic's latest event; 0 for a topic without one. */
export async function lastSeqOf(tx: Transaction, topic: string): Promise<number> {
  const [row] = await tx.select().from(eventTopic).where(eq(eventTopic.topic, topic));
  return row?.lastSeq ?? 0;
}

/** A row of the log as its readers know it. */
export function asEvent({ tenantId: _, at, ...row }: typeof eventLog.$inferSelect): Event {
  return { v: 1, ...row, at: at.toISOString() };
}
