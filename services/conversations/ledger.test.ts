import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnSentiment } from '#contracts';
import { readEvents } from '../db/events.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { conversation, message } from '../db/schema/index.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createLive, type Live } from './live.ts';
import { conversationTopic, deskTopic } from './topics.ts';

let db: PgliteDatabase;
let live: Live;
let ledger: Ledger;
beforeAll(async () => {
  db = await openMemoryDatabase();
  live = createLive();
  ledger = createLedger(db, live);
});
afterAll(() => db?.close());

const opening = { customerName: null, language: 'en', title: 'A question' };
const company = (tenant: string) => ({ tenant, customer: null });
const ann = { kind: 'customer', id: 'ann' } as const;
const said = (messageId: string, text = `text of ${messageId}`) => {
  return { messageId, parentId: null, text, authorName: null };
};
const felt = (score: number): TurnSentiment => ({
  label: score < 0 ? 'negative' : 'positive',
  score,
  probabilities: { negative: 0, neutral: 0, positive: 0 },
});
const rows = (tenant: string) => db.withTenant(tenant, (tx) => tx.select().from(conversation));
const events = (tenant: string, topic: string) =>
  db.withTenant(tenant, (tx) => readEvents(tx, topic, 0, 1000));

async function opened(tenant: string, id = 'c'): Promise<string> {
  await ledger.open({ tenant, customer: 'ann' }, { id, ...opening });
  return tenant;
}

describe('a change', () => {
  it('writes log, messages, row and the pointers of the desk together', async () => {
    const tenant = await opened('together');
    const [first, second] = await ledger.change(company(tenant), 'c', async (change) => [
      await change.add(ann, 'message-added', said('m1', 'It is\nbroken.')),
      await change.add({ kind: 'bot', id: 'bot' }, 'answer-started', { messageId: 'a1', parentId: 'm1' }),
    ]);
    expect([first?.seq, second?.seq]).toEqual([2, 3]);
    const log = await events(tenant, conversationTopic('c'));
    expect(log.map((each) => [each.seq, each.type])).toEqual([
      [1, 'conversation-opened'],
      [2, 'message-added'],
      [3, 'answer-started'],
    ]);
    expect(log[1]).toEqual(first);
    const desk = await events(tenant, deskTopic);
    expect(desk.map(({ seq, data }) => [seq, data])).toEqual(
      [1, 2, 3].map((seq) => [seq, { conversationId: 'c', seq }]),
    );
    const messages = await db.withTenant(tenant, (tx) => tx.select().from(message));
    expect(messages.map(({ id, seq, state, author }) => [id, seq, state, author])).toEqual([
      ['m1', 2, 'complete', 'customer'],
      ['a1', 3, 'streaming', 'bot'],
    ]);
    expect((await rows(tenant))[0]).toMatchObject({
      lastSeq: 3,
      preview: 'It is broken.',
      lastAuthor: 'customer',
    });
  });

  it('that fails leaves nothing, and the next has the next place', async () => {
    const tenant = await opened('fails');
    const failing = ledger.change(company(tenant), 'c', async (change) => {
      await change.add(ann, 'message-added', said('m1'));
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await expect(
      ledger.change(company(tenant), 'c', (change) => change.add(ann, 'message-added', said('m2'))),
    ).resolves.toMatchObject({ seq: 2 });
    expect(await events(tenant, deskTopic)).toHaveLength(2);
  });

  it('side by side with others of the same and of another conversation leaves no gap', async () => {
    const tenant = await opened(await opened('busy', 'c'), 'd');
    const writes = Array.from({ length: 30 }, (_, at) =>
      ledger
        .change(company(tenant), at % 3 ? 'c' : 'd', async (change) => {
          await change.add(ann, 'message-added', said(`m${at}`));
          if (at % 7 === 0) throw new Error('on purpose');
          await change.add(ann, 'handoff-offered', { reason: 'why not' });
        })
        .catch(() => {}),
    );
    await Promise.all(writes);
    for (const topic of [conversationTopic('c'), conversationTopic('d'), deskTopic]) {
      const seqs = (await events(tenant, topic)).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, at) => at + 1));
    }
    expect(await events(tenant, deskTopic)).toHaveLength(2 + 25 * 2);
  });

  it("of another customer's conversation finds none", async () => {
    const tenant = await opened('customers');
    await expect(
      ledger.change({ tenant, customer: 'eve' }, 'c', (change) =>
        change.add(ann, 'message-added', said('m')),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    await ledger.change({ tenant, customer: 'ann' }, 'c', (change) =>
      change.add(ann, 'message-added', said('m')),
    );
    expect((await rows(tenant))[0]?.lastSeq).toBe(2);
  });

  it('without a fact writes and wakes nothing', async () => {
    const tenant = await opened('quiet');
    let woken = 0;
    const stop = live.listen(tenant, deskTopic, () => woken++);
    expect(await ledger.change(company(tenant), 'c', async ({ row }) => row.title)).toBe('A question');
    expect(woken).toBe(0);
    await ledger.change(company(tenant), 'c', (change) => change.add(ann, 'message-added', said('m')));
    expect(woken).toBe(1);
    stop();
  });

  it('is told to those who watch, as it was committed', async () => {
    const tenant = await opened('watched');
    const seen: string[] = [];
    const stop = ledger.watch((row) => seen.push(`${row.tenantId} ${row.ownerKind} ${row.lastSeq}`));
    const to = { kind: 'human', userId: 'u', teamId: null } as const;
    const from = { kind: 'bot', userId: null, teamId: null } as const;
    await ledger.change(company(tenant), 'c', (change) =>
      change.add({ kind: 'agent', id: 'u' }, 'owner-changed', { from, to, reason: 'took over' }),
    );
    stop();
    await ledger.change(company(tenant), 'c', (change) => change.add(ann, 'message-added', said('m')));
    expect(seen).toEqual(['watched human 2']);
  });
});

describe('opening', () => {
  it('twice is one conversation, and another customer cannot have its id', async () => {
    const who = { tenant: 'opening', customer: 'ann' };
    const add = (change: Parameters<Parameters<Ledger['change']>[2]>[0]) =>
      change.add(ann, 'message-added', said('m')).then(() => {});
    expect(await ledger.open(who, { id: 'c', ...opening }, add)).toBe(true);
    expect(await ledger.open(who, { id: 'c', ...opening }, add)).toBe(false);
    expect(await events('opening', conversationTopic('c'))).toHaveLength(2);
    await expect(ledger.open({ ...who, customer: 'eve' }, { id: 'c', ...opening })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await ledger.open({ tenant: 'elsewhere', customer: 'eve' }, { id: 'c', ...opening })).toBe(true);
  });
});

describe('the mood of a conversation', () => {
  const score = (tenant: string, messageId: string, value: number) =>
    ledger.change(company(tenant), 'c', (change) =>
      change.add({ kind: 'system', id: 'sentiment' }, 'message-scored', {
        messageId,
        sentiment: felt(value),
      }),
    );

  it('is that of the latest message, however late the score of an earlier one comes', async () => {
    const tenant = await opened('mood');
    await ledger.change(company(tenant), 'c', async (change) => {
      await change.add(ann, 'message-added', said('m1'));
      await change.add(ann, 'message-added', said('m2'));
    });
    await score(tenant, 'm2', -3);
    await score(tenant, 'm1', 4);
    expect((await rows(tenant))[0]).toMatchObject({ sentiment: { score: -3 }, trend: [4, -3, null, null] });
    await score(tenant, 'm2', -4);
    expect((await rows(tenant))[0]).toMatchObject({ sentiment: { score: -4 }, trend: [4, -4, null, null] });
  });
});
