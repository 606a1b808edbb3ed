import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLedger } from '../conversations/ledger.ts';
import { createLive } from '../conversations/live.ts';
import type { Transaction } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { conversation, generation } from '../db/schema/index.ts';
import { bot } from './answer-end.ts';
import { beginRow, endRow, keepRow, readChunks, runningIn } from './generation-rows.ts';
import { reap } from './reaper.ts';

let db: PgliteDatabase;
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());

let tenant: string;
let made = 0;
const key = { conversationId: 'c', messageId: 'a' };
const held = { ...key, fence: 1 };
const rows = <T>(work: (tx: Transaction) => Promise<T>) => db.withTenant(tenant, work);
const ledger = () => createLedger(db, createLive());
beforeEach(async () => {
  tenant = `t${made++}`;
  const opening = { id: 'c', customerName: null, language: 'en', title: 't' };
  await ledger().open({ tenant, customer: 'ann' }, opening, async (change) => {
    await change.add(bot, 'answer-started', { messageId: 'a', parentId: 'm' });
    await beginRow(change.tx, key);
  });
});

const delta = { type: 'text-delta', id: 'answer', delta: 'x' } as const;
const keep = (seq = 1) => rows((tx) => keepRow(tx, held, seq, [delta]));
const state = async () => (await rows((tx) => tx.select().from(generation)))[0];

it('is kept alive, with what was said, by whoever has its fence', async () => {
  expect(await keep()).toBe(true);
  expect(await rows((tx) => readChunks(tx, key))).toEqual([{ seq: 1, chunks: [delta] }]);
  await rows((tx) => tx.update(generation).set({ fence: 2 }));
  expect(await keep(2)).toBe(false);
  expect(await rows((tx) => endRow(tx, key, 'complete', 1))).toBe(false);
  expect(await state()).toMatchObject({ state: 'running', fence: 2 });
  expect(await rows((tx) => endRow(tx, key, 'complete', 2))).toBe(true);
  expect(await state()).toMatchObject({ state: 'complete', fence: 3 });
});

it('is not kept alive where people have taken over, nor once it has ended', async () => {
  await rows((tx) => tx.update(conversation).set({ ownerKind: 'human' }).where(eq(conversation.id, 'c')));
  expect(await keep()).toBe(false);
  await rows((tx) => tx.update(conversation).set({ ownerKind: 'bot' }));
  expect(await keep()).toBe(true);
  await rows((tx) => endRow(tx, key, 'stopped'));
  expect(await keep(2)).toBe(false);
  expect(await rows((tx) => runningIn(tx, 'c'))).toEqual([]);
});

it('is reaped when it has been silent for long, unless this process is writing it', async () => {
  expect(await reap(db, ledger(), tenant, 90_000, () => false)).toBe(0);
  await rows((tx) => tx.update(generation).set({ heartbeatAt: sql`now() - interval '2 minutes'` as never }));
  expect(await reap(db, ledger(), tenant, 90_000, ({ messageId }) => messageId === 'a')).toBe(0);
  expect(await state()).toMatchObject({ state: 'running' });
  expect(await reap(db, ledger(), tenant, 90_000, () => false)).toBe(1);
  expect(await state()).toMatchObject({ state: 'interrupted', fence: 2 });
});
