import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskFrame, DeskResult, InboxPage, Scope, Transcript } from '#contracts';
import { DeskFollower } from '../fixtures/desk-follower.ts';
import { startServer, type TestServer } from './server.ts';

const soon = { timeout: 20_000 };
let server: TestServer;
let headers: Record<string, string>;
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  headers = await keyOf('agent');
});
afterAll(() => server?.stop());

async function keyOf(scope: Scope, tenant = 'default', name = 'The desk'): Promise<Record<string, string>> {
  const request = { name, scopes: [scope], ratePerMinute: null, expiresInDays: null };
  const { secret } = await server.running.services.keys.create({ tenant, actor: 'local' }, request);
  return { authorization: `Bearer ${secret}` };
}

/** A customer's new conversation, and what they say in it. */
async function open(...texts: string[]): Promise<string> {
  const id = randomUUID();
  const { ledger } = server.running.services;
  const party = { tenant: 'default', customer: 'eve' };
  await ledger.open(party, { id, customerName: 'Eve', language: 'en', title: 'Help' });
  for (const text of texts) await say(id, text);
  return id;
}

const say = (id: string, text: string) =>
  server.running.services.ledger.change({ tenant: 'default', customer: 'eve' }, id, ({ add }) =>
    add({ kind: 'customer', id: 'eve' }, 'message-added', {
      messageId: randomUUID(),
      parentId: null,
      text,
      authorName: null,
    }),
  );

async function get<T>(path: string, as = headers): Promise<T> {
  const answer = await fetch(`${server.url}/api/v1/desk${path}`, { headers: as });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}
const post = (path: string, body?: object, as = headers) =>
  fetch(`${server.url}/api/v1/desk${path}`, {
    method: 'POST',
    headers: { ...as, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });

/** The stream from a place on; given an id as a browser gives it when it comes back, else as the page asks at first. */
async function events(since?: number, lastEventId?: number, stop?: AbortSignal): Promise<Response> {
  const answer = await fetch(
    `${server.url}/api/v1/desk/events${since === undefined ? '' : `?since=${since}`}`,
    {
      headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': `${lastEventId}` }) },
      signal: stop,
    },
  );
  expect(answer.status).toBe(200);
  return answer;
}
type Body = ReadableStream<Uint8Array>;

describe('an agent with a key', () => {
  test('sees a conversation in the inbox, takes it, answers, notes, closes and reopens it', async () => {
    const id = await open('My bill is wrong');
    const { entries, counts } = await get<InboxPage>('/conversations?view=bot&search=bill%20wro');
    expect(entries.map((each) => each.id)).toContain(id);
    expect(counts.bot).toBeGreaterThan(0);
    expect((await post(`/conversations/${id}/take`, {})).status).toBe(200);
    const seenSeq = (await get<Transcript>(`/conversations/${id}`)).entry.lastSeq;
    const reply = await post(`/conversations/${id}/replies`, { id: randomUUID(), text: 'Hello', seenSeq });
    expect(((await reply.json()) as DeskResult).entry).toMatchObject({
      lastAuthor: 'agent',
      preview: 'Hello',
    });
    await post(`/conversations/${id}/notes`, { id: randomUUID(), text: 'Checked twice' });
    const { entry } = (await (await post(`/conversations/${id}/close`)).json()) as DeskResult;
    expect(entry.owner.kind).toBe('closed');
    await post(`/conversations/${id}/reopen`);
    const { events } = await get<Transcript>(`/conversations/${id}`);
    expect(events.map(({ type }) => type).slice(2)).toEqual([
      'owner-changed',
      'message-added',
      'note-added',
      'owner-changed',
      'owner-changed',
    ]);
    expect(events.find(({ type }) => type === 'note-added')?.data?.authorName).toBe('The desk');
  });

  test('is told as a problem what a refused reply had missed', async () => {
    const id = await open('Hello?');
    await say(id, 'Anyone?');
    const answer = await post(`/conversations/${id}/replies`, { id: randomUUID(), text: 'Yes', seenSeq: 2 });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'conflict', news: [{ data: { text: 'Anyone?' } }] });
  });

  test('is no person who could be away, and needs the scope', async () => {
    const away = await fetch(`${server.url}/api/v1/desk/availability`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"availability":"away"}',
    });
    expect(away.status).toBe(422);
    const others = await keyOf('chat');
    expect((await fetch(`${server.url}/api/v1/desk/events`, { headers: others })).status).toBe(403);
  });
});

describe('the stream', () => {
  test('is what an EventSource and a proxy need', async () => {
    const stop = new AbortController();
    const { headers: sent } = await events(0, undefined, stop.signal);
    expect(sent.get('content-type')).toBe('text/event-stream');
    expect(sent.get('cache-control')).toContain('no-transform');
    expect(sent.get('x-accel-buffering')).toBe('no');
    expect(sent.get('content-encoding')).toBeNull();
    stop.abort();
  });

  test('goes on from where the inbox was read, and after a break from the last event', async () => {
    const { cursor } = await get<InboxPage>('/conversations');
    const follower = new DeskFollower(cursor);
    follower.connect((await events(cursor)).body as Body);
    const id = await open('One');
    await expect.poll(() => follower.place, soon).toBe(cursor + 2);
    await follower.disconnect();
    await say(id, 'Two');
    // As a browser does: the same address, and the id that came last.
    follower.connect((await events(cursor, follower.place)).body as Body);
    await say(id, 'Three');
    await expect.poll(() => follower.place, soon).toBe(cursor + 4);
    await follower.disconnect();
    expect(follower.changes.map((each) => each.cursor)).toEqual([1, 2, 3, 4].map((n) => cursor + n));
    expect(follower.changes.map((each) => each.event.data?.text)).toEqual([undefined, 'One', 'Two', 'Three']);
  });

  test('says to load again when the place is ahead of the log, and refuses what is no place', async () => {
    const follower = new DeskFollower();
    const { cursor } = await get<InboxPage>('/conversations');
    follower.connect((await events(cursor + 1_000)).body as Body);
    await expect.poll(() => follower.others, soon).toEqual([{ kind: 'resync', cursor }]);
    await follower.disconnect();
    for (const query of ['since=-1', 'since=x', 'since=1.5']) {
      expect((await fetch(`${server.url}/api/v1/desk/events?${query}`, { headers })).status).toBe(400);
    }
  });

  test('shows who is where, and nothing of it to another tenant', async () => {
    const follower = new DeskFollower();
    follower.connect((await events()).body as Body);
    const id = await open('Hello');
    const here = { conversationId: id, typing: true };
    expect((await post('/presence', here)).status).toBe(204);
    const present = (frames: DeskFrame[]) =>
      frames.flatMap((each) => (each.kind === 'presence' ? [each.presence] : []));
    await expect
      .poll(() => present(follower.others), soon)
      .toMatchObject([{ conversationId: id, agents: [{ name: 'The desk', typing: true }] }]);
    expect((await post('/presence', here, await keyOf('agent', 'other'))).status).toBe(404);
    await follower.disconnect();
  });

  test('comes to a clean end when the server stops', async () => {
    const own = await startServer();
    const body = (await fetch(`${own.url}/api/v1/desk/events`)).body as Body;
    const reader = body.getReader();
    await reader.read();
    await own.stop();
    // A connection that is broken off would be an error here.
    expect((await reader.read()).done).toBe(true);
  });
});
