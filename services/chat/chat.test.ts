import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatChunk, Event, Owner } from '#contracts';
import { fakeTools } from '#nlp';
import type { Ledger } from '../conversations/ledger.ts';
import type { Database } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { generation, generationChunk } from '../db/schema/index.ts';
import type { Chat } from './chat.ts';
import { chatOver, chunksOf, customer, eventsOf, gate, message, passages } from './fixture.ts';
import { textOf } from './generation.ts';

let db: PgliteDatabase;
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());

const open: Chat[] = [];
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.close();
});
function chatOf(...more: Parameters<typeof chatOver>) {
  const made = chatOver(...more);
  open.push(made.chat);
  return made;
}

const types = (chunks: ChatChunk[]) =>
  chunks
    .map(({ type }) => type)
    .filter((type, at, all) => type !== 'text-delta' || all[at - 1] !== 'text-delta');
const facts = async (tenant: string, id: string) => (await eventsOf(db, tenant, id)).map(({ type }) => type);
const ended = (events: Event[]) =>
  events.filter(({ type }) => type === 'answer-ended').map(({ data }) => data);

const takeOver = (ledger: Ledger, tenant: string, id: string) =>
  ledger.change({ tenant, customer: null }, id, (change) => {
    const from: Owner = { kind: change.row.ownerKind, userId: null, teamId: null };
    const to: Owner = { kind: 'human', userId: 'u', teamId: null };
    return change.add({ kind: 'agent', id: 'u' }, 'owner-changed', { from, to, reason: 'took over' });
  });

/** Until an answer has said something. */
const begun = (tenant: string, chat: Chat, id: string) =>
  expect.poll(async () => (await chat.resume(customer(tenant), id)) !== null, { timeout: 10_000 }).toBe(true);

describe('a message', () => {
  it('is stored, answered with sources, and scored, in one stream', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['plain', 'c'];
    const chunks = await chunksOf(
      await chat.send(customer(tenant), message(id, 'when is the late fee charged? awful!', 'm1')),
    );
    expect(types(chunks).filter((type) => type !== 'data-sentiment')).toEqual([
      'data-accepted',
      'start',
      'data-route',
      'source-document',
      'text-start',
      'text-delta',
      'text-end',
      'data-usage',
      'finish',
    ]);
    expect(types(chunks)).toContain('data-sentiment');
    expect(textOf(chunks)).toContain('The late fee is €6.');
    const finish = chunks.at(-1);
    expect(finish).toMatchObject({
      messageMetadata: { state: 'complete', outcome: 'answered', parentId: 'm1' },
    });
    await expect
      .poll(() => facts(tenant, id), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(['message-scored', 'message-scored']));
    const log = await facts(tenant, id);
    expect(log.slice(0, 3)).toEqual(['conversation-opened', 'message-added', 'answer-started']);
    const { messages } = await chatOver(db).conversations.messages({ tenant, customer: 'ann' }, id);
    expect(messages).toMatchObject([
      { id: 'm1', author: 'customer', sentiment: { label: 'negative', spans: [{ text: 'awful' }] } },
      { author: 'bot', parentId: 'm1', state: 'complete', text: textOf(chunks) },
    ]);
    expect(messages[1]?.citations.length).toBeGreaterThan(0);
  });

  it('sent again, even at the same time, is the same message with the same answer', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['twice', 'c'];
    const send = () => chat.send(customer(tenant), message(id, 'how much is the late fee?', 'm1'));
    const streams = await Promise.all([send(), send(), send()]);
    const all = await Promise.all([
      ...streams.map((each) => chunksOf(each)),
      send().then((each) => chunksOf(each)),
    ]);
    const texts = all.map(textOf);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).not.toBe('');
    const ids = all.map((chunks) => chunks.find((chunk) => chunk.type === 'start')?.messageId);
    expect(new Set(ids).size).toBe(1);
    const log = await facts(tenant, id);
    expect(log.filter((type) => type === 'message-added')).toHaveLength(1);
    expect(log.filter((type) => type === 'answer-started')).toHaveLength(1);
  });

  it('with other words under the same id is refused, not lost', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['edited', 'c'];
    await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub', 'm1')));
    await expect(chat.send(customer(tenant), message(id, 'the late fee', 'm1'))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('cannot take the id of an answer, or of a conversation of somebody else', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['ids', 'c'];
    const chunks = await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub')));
    const answerId = chunks.find((chunk) => chunk.type === 'start')?.messageId;
    await expect(chat.send(customer(tenant), message(id, 'hello', answerId))).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(chat.send(customer(tenant, 'eve'), message(id, 'hello'))).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await facts(tenant, id)).toHaveLength(5);
  });

  it('that nothing answers is a gap', async () => {
    const { chat, gaps } = chatOf(db);
    const chunks = await chunksOf(
      await chat.send(customer('gaps'), message('c', 'what is the capital of Mongolia')),
    );
    expect(types(chunks)).toContain('data-handoff');
    await expect.poll(() => gaps, { timeout: 10_000 }).toEqual(['what is the capital of Mongolia']);
    expect(await facts('gaps', 'c')).toContain('handoff-offered');
  });

  it('goes on from the branch the customer saw', async () => {
    const { chat, conversations } = chatOf(db);
    const [tenant, id] = ['branch', 'c'];
    const answerTo = async (chunks: Promise<ChatChunk[]>) =>
      (await chunks).find((chunk) => chunk.type === 'start')?.messageId ?? '';
    const first = await answerTo(
      chunksOf(await chat.send(customer(tenant), message(id, 'the late fee', 'm1'))),
    );
    const second = await answerTo(chunksOf(await chat.again(customer(tenant), id)));
    expect(second).not.toBe(first);
    await chunksOf(
      await chat.send(customer(tenant), { ...message(id, 'restart the Hub', 'm2'), seen: [first, 'm1'] }),
    );
    await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub', 'm3')));
    const { messages } = await conversations.messages({ tenant, customer: 'ann' }, id);
    const parent = Object.fromEntries(messages.map((each) => [each.id, each.parentId]));
    expect(parent[first]).toBe('m1');
    expect(parent[second]).toBe('m1');
    expect(parent.m2).toBe(first);
    expect(parent.m3).toBe(messages.find(({ parentId }) => parentId === 'm2')?.id);
  });
});

describe('an answer', () => {
  it('is written to its end without a reader', async () => {
    const { chat, conversations } = chatOf(db);
    await chat.send(customer('unread'), message('c', 'restart the Hub'));
    const states = async () =>
      (await conversations.messages({ tenant: 'unread', customer: 'ann' }, 'c')).messages.map(
        ({ state }) => state,
      );
    await expect.poll(states, { timeout: 10_000 }).toEqual(['complete', 'complete']);
  });

  it('that a reader leaves can be read again from its beginning, by others too', async () => {
    const held = gate();
    const { chat } = chatOf(db, { pace: held.pace });
    const [tenant, id] = ['resumed', 'c'];
    const stream = await chat.send(customer(tenant), message(id, 'restart the Hub'));
    const leaving = new AbortController();
    for await (const chunk of stream(leaving.signal)) if (chunk.type === 'text-delta') leaving.abort();
    const [one, two] = [await chat.resume(customer(tenant), id), await chat.resume(customer(tenant), id)];
    const reading = Promise.all([chunksOf(one), chunksOf(two)]);
    held.open();
    const [first, second] = await reading;
    expect(first).toEqual(second);
    expect(first[0]).toMatchObject({ type: 'start' });
    expect(first.at(-1)).toMatchObject({ type: 'finish' });
    expect(textOf(first)).toContain('3. Plug it in.');
    expect(await chat.resume(customer(tenant), id)).toBeNull();
  });

  it('that is stopped keeps what was said, and is never shown as finished', async () => {
    const held = gate();
    const { chat, conversations } = chatOf(db, { pace: held.pace });
    const [tenant, id] = ['stopped', 'c'];
    const stream = await chat.send(customer(tenant), message(id, 'restart the Hub'));
    const reading = chunksOf(stream);
    await begun(tenant, chat, id);
    await chat.stop(customer(tenant), id);
    held.open();
    const chunks = await reading;
    expect(types(chunks).slice(-2)).toEqual(['message-metadata', 'abort']);
    const { messages } = await conversations.messages({ tenant, customer: 'ann' }, id);
    expect(messages[1]).toMatchObject({ state: 'stopped', text: textOf(chunks) });
    expect(messages[1]?.text).not.toContain('Plug it in');
    await chat.stop(customer(tenant), id);
    expect(ended(await eventsOf(db, tenant, id))).toHaveLength(1);
  });

  it('ends at once, as interrupted, when a person takes over', async () => {
    const held = gate();
    const { chat, ledger, conversations } = chatOf(db, { pace: held.pace });
    const [tenant, id] = ['taken', 'c'];
    const reading = chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub')));
    await begun(tenant, chat, id);
    await takeOver(ledger, tenant, id);
    const chunks = await reading;
    expect(chunks.at(-1)).toMatchObject({ type: 'abort', reason: 'A person has taken over.' });
    const { messages } = await conversations.messages({ tenant, customer: 'ann' }, id);
    expect(messages[1]?.state).toBe('interrupted');
    expect(ended(await eventsOf(db, tenant, id))).toMatchObject([
      { state: 'interrupted', outcome: null, citations: [] },
    ]);
    held.open();
    const silent = await chunksOf(await chat.send(customer(tenant), message(id, 'hello?')));
    expect(types(silent)).toEqual(['data-accepted', 'data-route', 'finish']);
    expect((await facts(tenant, id)).filter((type) => type === 'answer-started')).toHaveLength(1);
  });

  it('that ends after a take-over this process has not heard of is interrupted all the same', async () => {
    const held = gate();
    const { chat } = chatOf(db, { pace: held.pace });
    const [tenant, id] = ['unheard', 'c'];
    const reading = chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub')));
    await begun(tenant, chat, id);
    // Another process's ledger: nobody here is told.
    await takeOver(chatOver(db).ledger, tenant, id);
    held.open();
    const chunks = await reading;
    expect(types(chunks)).not.toContain('finish');
    expect(ended(await eventsOf(db, tenant, id))).toMatchObject([{ state: 'interrupted' }]);
  });

  it('that fails says what to do, and is not shown as finished', async () => {
    const broken = { ...fakeTools(passages), search: () => Promise.reject(new Error('no')) };
    const { chat, conversations } = chatOf(db, { answering: broken });
    const chunks = await chunksOf(await chat.send(customer('fails'), message('c', 'restart the Hub')));
    expect(chunks.at(-1)).toMatchObject({
      type: 'error',
      errorText: expect.stringContaining('written again'),
    });
    const { messages } = await conversations.messages({ tenant: 'fails', customer: 'ann' }, 'c');
    expect(messages[1]).toMatchObject({ state: 'interrupted', text: '' });
  });

  it('that is not good enough gets a sibling that rests on something else', async () => {
    const { chat, conversations } = chatOf(db);
    const [tenant, id] = ['again', 'c'];
    const first = await chunksOf(
      await chat.send(customer(tenant), message(id, 'when is the late fee charged', 'm1')),
    );
    const second = await chunksOf(await chat.again(customer(tenant), id, 'm1'));
    const { messages } = await conversations.messages({ tenant, customer: 'ann' }, id);
    const answers = messages.filter(({ author }) => author === 'bot');
    expect(answers.map(({ parentId }) => parentId)).toEqual(['m1', 'm1']);
    const cited = answers.map(({ citations }) => citations.map(({ passageId }) => passageId));
    expect(cited[1]?.some((passage) => cited[0]?.includes(passage))).toBe(false);
    expect(textOf(second)).not.toBe(textOf(first));
    await expect(chat.again(customer(tenant), id, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(chat.again(customer(tenant, 'eve'), id, 'm1')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a conversation', () => {
  it('that asks for a person is given to people after the last word of the bot', async () => {
    const { chat, conversations } = chatOf(db);
    const [tenant, id] = ['wish', 'c'];
    await chunksOf(await chat.send(customer(tenant), message(id, 'put me through to a person')));
    expect((await facts(tenant, id)).filter((type) => type !== 'message-scored').slice(-3)).toEqual([
      'answer-ended',
      'handoff-offered',
      'owner-changed',
    ]);
    expect(ended(await eventsOf(db, tenant, id))).toMatchObject([{ state: 'complete', outcome: 'handoff' }]);
    expect((await conversations.get({ tenant, customer: 'ann' }, id)).owner.kind).toBe('human');
  });

  it('is given to people by a button, once', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['button', 'c'];
    await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub')));
    for (const _ of [1, 2]) await chat.callPerson(customer(tenant), id, 'I am lost');
    const changes = (await eventsOf(db, tenant, id)).filter(({ type }) => type === 'owner-changed');
    expect(changes.map(({ data }) => data?.reason)).toEqual(['asked for a person: I am lost']);
  });

  it('that was closed is the bot’s again when the customer writes', async () => {
    const { chat, ledger } = chatOf(db);
    const [tenant, id] = ['closed', 'c'];
    await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub')));
    await ledger.change({ tenant, customer: null }, id, (change) =>
      change.add({ kind: 'agent', id: 'u' }, 'owner-changed', {
        from: { kind: 'bot', userId: null, teamId: null },
        to: { kind: 'closed', userId: 'u', teamId: null },
        reason: 'closed',
      }),
    );
    const chunks = await chunksOf(await chat.send(customer(tenant), message(id, 'how much is the late fee')));
    expect(types(chunks)).toContain('finish');
    expect(textOf(chunks)).toContain('€6');
  });

  it('whose mood falls sharply is offered a person once', async () => {
    const { chat } = chatOf(db);
    const [tenant, id] = ['mood', 'c'];
    for (const text of ['great', 'great again', 'awful', 'awful', 'awful', 'awful']) {
      await chunksOf(await chat.send(customer(tenant), message(id, `restart the Hub ${text}`)));
    }
    const offers = async () =>
      (await eventsOf(db, tenant, id)).filter(({ data }) => String(data?.reason).startsWith('The mood'))
        .length;
    expect(await offers()).toBe(1);
  });

  it('takes an opinion on answers and on nothing else', async () => {
    const { chat, conversations } = chatOf(db);
    const [tenant, id] = ['opinion', 'c'];
    await chunksOf(await chat.send(customer(tenant), message(id, 'restart the Hub', 'm1')));
    const party = { tenant, customer: 'ann' };
    const answer = (await conversations.messages(party, id)).messages[1];
    await chat.rate(customer(tenant), id, answer?.id ?? '', { vote: 'down', reason: 'too short' });
    expect((await conversations.messages(party, id)).messages[1]?.feedback).toEqual({
      vote: 'down',
      reason: 'too short',
    });
    const vote = { vote: 'up', reason: null } as const;
    await expect(chat.rate(customer(tenant), id, 'm1', vote)).rejects.toMatchObject({ code: 'not_found' });
    await expect(chat.rate(customer(tenant, 'eve'), id, answer?.id ?? '', vote)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a process that dies while it writes', () => {
  /** Two processes on one server. */
  const server = (): Database => ({ ...db, kind: 'postgres' });

  it('leaves an answer that the next ends as interrupted, with what had reached the database', async () => {
    const held = gate();
    const [tenant, id] = ['dead', 'c'];
    const dead = chatOf(db, { pace: held.pace });
    const reading = chunksOf(await dead.chat.send(customer(tenant), message(id, 'restart the Hub')));
    const chunks = () => db.withTenant(tenant, (tx) => tx.select().from(generationChunk));
    await expect.poll(async () => (await chunks()).length, { timeout: 10_000 }).toBeGreaterThan(0);

    const next = chatOf(db);
    await next.chat.start(tenant);
    const { messages } = await next.conversations.messages({ tenant, customer: 'ann' }, id);
    expect(messages[1]).toMatchObject({ state: 'interrupted' });
    expect(messages[1]?.text).not.toBe('');
    expect(await chunks()).toEqual([]);
    expect(await next.chat.resume(customer(tenant), id)).toBeNull();

    // It was not dead after all: what it still has to say is refused.
    held.open();
    expect(types(await reading)).not.toContain('finish');
    const events = await eventsOf(db, tenant, id);
    expect(ended(events)).toMatchObject([{ state: 'interrupted' }]);
    const [row] = await db.withTenant(tenant, (tx) => tx.select().from(generation));
    expect(row).toMatchObject({ state: 'interrupted', fence: 2 });
  });

  it('on a server is given time: an answer that is kept alive is left alone', async () => {
    const held = gate();
    const [tenant, id] = ['alive', 'c'];
    const one = chatOf(server(), { pace: held.pace });
    const reading = chunksOf(await one.chat.send(customer(tenant), message(id, 'restart the Hub')));
    await begun(tenant, one.chat, id);
    const other = chatOf(server());
    await other.chat.start(tenant);
    const elsewhere = chunksOf(await other.chat.resume(customer(tenant), id));
    held.open();
    const [here, there] = await Promise.all([reading, elsewhere]);
    expect(types(here)).toContain('finish');
    expect(textOf(there)).toBe(textOf(here));
    expect(there[0]).toMatchObject({ type: 'start' });
    expect(there.filter(({ type }) => type === 'start' || type === 'text-start')).toHaveLength(2);
    expect(there.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { state: 'complete' } });
  });

  it('can be stopped from another', async () => {
    const held = gate();
    const [tenant, id] = ['remote', 'c'];
    const one = chatOf(server(), { pace: held.pace });
    const reading = chunksOf(await one.chat.send(customer(tenant), message(id, 'restart the Hub')));
    await begun(tenant, one.chat, id);
    await chatOf(server()).chat.stop(customer(tenant), id);
    // Found out when it next keeps its answer alive.
    held.step();
    const chunks = await reading;
    expect(types(chunks)).not.toContain('finish');
    expect(ended(await eventsOf(db, tenant, id))).toMatchObject([{ state: 'stopped' }]);
  });
});
