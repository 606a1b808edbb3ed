import { and, eq, inArray, or } from 'drizzle-orm';
import type { DeskFrame, Event } from '#contracts';
import { conversationTopic, deskTopic } from '../conversations/topics.ts';
import type { Transaction } from '../db/database.ts';
import { asEvent, readEvents } from '../db/events.ts';
import { conversation, eventLog } from '../db/schema/index.ts';
import { listEntries } from './entry.ts';

export type ChangeFrame = Extract<DeskFrame, { kind: 'change' }>;

/**
 * What the desk's log has after `since`, oldest first, at most `limit`: each event with its conversation as it is now, which
 * may already show later events.
 */
export async function readFrames(tx: Transaction, since: number, limit: number): Promise<ChangeFrame[]> {
  const pointers = await readEvents(tx, deskTopic, since, limit);
  const places = pointers.map(({ seq: cursor, data }) => {
    const { conversationId, seq } = data as { conversationId: string; seq: number };
    return { cursor, conversationId, seq };
  });
  if (places.length === 0) return [];
  const ids = [...new Set(places.map((place) => place.conversationId))];
  const found = await listEntries(tx, inArray(conversation.id, ids), ids.length);
  const entries = new Map(found.map((entry) => [entry.id, entry]));
  const events = await eventsAt(tx, ids, places);
  return places.flatMap(({ cursor, conversationId, seq }) => {
    const event = events.get(`${conversationTopic(conversationId)} ${seq}`);
    const entry = entries.get(conversationId);
    return event && entry ? [{ kind: 'change', cursor, event, entry }] : [];
  });
}

/**
 * The events at these places, by topic and `seq`. Not by a join: behind row-level security the database would try what a
 * pointer says only after it has read all events of the tenant.
 */
async function eventsAt(
  tx: Transaction,
  ids: string[],
  places: { conversationId: string; seq: number }[],
): Promise<Map<string, Event>> {
  const wanted = ids.map((id) => {
    const seqs = places.filter((place) => place.conversationId === id).map((place) => place.seq);
    return and(eq(eventLog.topic, conversationTopic(id)), inArray(eventLog.seq, seqs));
  });
  const rows = await tx
    .select()
    .from(eventLog)
    .where(or(...wanted));
  return new Map(rows.map((row) => [`${row.topic} ${row.seq}`, asEvent(row)]));
}
