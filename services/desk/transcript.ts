import type { Transcript } from '#contracts';
import { conversationTopic, deskTopic } from '../conversations/topics.ts';
import type { Transaction } from '../db/database.ts';
import { lastSeqOf, readEventsBefore } from '../db/events.ts';
import { findEntry } from './entry.ts';

const pageSize = 100;

/**
 * The latest events of a conversation before `before`, notes included. Throws `not_found`. Everything up to `cursor` is in
 * what this and earlier pages show: the desk's stream goes on from there.
 */
export async function readTranscript(tx: Transaction, id: string, before?: number): Promise<Transcript> {
  const cursor = await lastSeqOf(tx, deskTopic);
  const entry = await findEntry(tx, id);
  const end = before ?? Number.MAX_SAFE_INTEGER;
  const events = await readEventsBefore(tx, conversationTopic(id), end, pageSize);
  const first = events[0]?.seq ?? 1;
  return { entry, events, before: first > 1 ? first : null, cursor };
}
