import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Event } from '#contracts';
import type { Database } from '../db/database.ts';
import { readEvents } from '../db/events.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { follow } from './follow.ts';
import { createLedger } from './ledger.ts';
import { createLive, type Live } from './live.ts';
import { conversationTopic } from './topics.ts';

let db: PgliteDatabase;
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());

const topic = conversationTopic('c');

/** A conversation of its own tenant, written through `live`, and whoever follows it through another one or the same. */
async function scene(tenant: string, written: Live, read: Live) {
  const ledger = createLedger(db, written);
  await ledger.open({ tenant, customer: 'ann' }, { id: 'c', customerName: null, language: 'en', title: 't' });
  const say = (messageId: string) =>
    ledger.change({ tenant, customer: null }, 'c', (change) =>
      change.add({ kind: 'customer', id: 'ann' }, 'message-added', {
        messageId,
        parentId: null,
        text: messageId,
        authorName: null,
      }),
    );
  const stop = new AbortController();
  const log = {
    live: read,
    tenant,
    topic,
    read: (since: number, limit: number) =>
      db.withTenant(tenant, (tx) => readEvents(tx, topic, since, limit)),
  };
  const seen: Event[] = [];
  const reading = (async (since: number) => {
    for await (const event of follow(log, since, stop.signal)) seen.push(event);
  })(1);
  const seqs = () => seen.map(({ seq }) => seq);
  const end = async () => {
    stop.abort();
    await reading;
  };
  return { say, seqs, end };
}

it('gives what is there and what is added, each once and in order, until it is stopped', async () => {
  const live = createLive();
  const { say, seqs, end } = await scene('one', live, live);
  await Promise.all(Array.from({ length: 20 }, (_, at) => say(`m${at}`)));
  await expect.poll(seqs, { timeout: 10_000 }).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
  await end();
  await say('late');
  expect(seqs()).toHaveLength(20);
});

it('on a server finds what another process wrote', async () => {
  // Same rows, other wake-ups: to the reader the writer is another process.
  const server = { kind: 'postgres', withTenant: db.withTenant } as Database;
  const { say, seqs, end } = await scene('two', createLive(), createLive(server));
  await say('m1');
  await expect.poll(seqs, { timeout: 10_000 }).toEqual([2]);
  await Promise.all([say('m2'), say('m3')]);
  await expect.poll(seqs, { timeout: 10_000 }).toEqual([2, 3, 4]);
  await end();
});
