import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversation, conversationList, event, messagePage, passage } from '#contracts';
import { fakeTools } from '#nlp';
import { passages } from '../fixtures/passages.ts';
import {
  type Caller,
  chunksOf,
  follow,
  gate,
  get,
  newCustomer,
  post,
  say,
  sending,
  storePassages,
  textOf,
  typesOf,
} from './conversations.ts';
import { startServer, type TestServer } from './server.ts';

const held = gate();
let server: TestServer;
let ann: Caller;
let eve: Caller;
beforeAll(async () => {
  server = await startServer({}, undefined, { pace: held.pace, tools: fakeTools(passages) });
  await storePassages(server);
});
afterAll(() => server?.stop());
// New ones each time: a customer may make so many requests a minute.
beforeEach(async () => {
  held.open();
  [ann, eve] = [await newCustomer(server), await newCustomer(server)];
});

const problem = async (response: Response) => (await response.json()) as { code: string; errors?: object[] };
const at = (id: string, rest = '') => `/api/v1/conversations/${id}${rest}`;
const json = async (path: string, caller: Caller) => (await get(server, path, caller)).json();
const messagesOf = async (id: string, caller = ann) =>
  messagePage.parse(await json(at(id, '/messages'), caller)).messages;

describe('a message', () => {
  test('is answered in a stream that nobody between may keep or compress', async () => {
    const response = await post(
      server,
      '/api/v1/chat',
      ann,
      sending(randomUUID(), 'when is the late fee charged'),
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'x-vercel-ai-ui-message-stream': 'v1',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.has('content-encoding')).toBe(false);
    const chunks = await chunksOf(response);
    expect(textOf(chunks)).toContain('€6');
    expect(typesOf(chunks).filter((type) => type !== 'data-sentiment')).toEqual([
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
    expect(typesOf(chunks)).toContain('data-sentiment');
    expect(chunks.find(({ type }) => type === 'source-document')).toMatchObject({ title: 'Late fee' });
    const longer = await say(server, ann, randomUUID(), 'restart the Hub');
    expect(longer.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(3);
  });

  test('is in the conversation, and its source can be opened there and only there', async () => {
    const id = randomUUID();
    const chunks = await say(server, ann, id, 'when is the late fee charged');
    expect(conversation.parse(await json(at(id), ann))).toMatchObject({
      title: 'when is the late fee charged',
      owner: { kind: 'bot' },
      generating: false,
    });
    const [asked, answer] = await messagesOf(id);
    expect([asked?.author, answer?.author, answer?.text]).toEqual(['customer', 'bot', textOf(chunks)]);
    expect(answer?.citations.map(({ start, end }) => answer.text.slice(start, end))).toEqual(
      answer?.citations.map(({ quote }) => quote),
    );
    expect(passage.parse(await json(at(id, '/citations/psg_fee'), ann))).toMatchObject({ title: 'Late fee' });
    expect((await get(server, at(id, '/citations/psg_hub'), ann)).status).toBe(404);
  });

  test.each([
    [
      '/messages/0/role',
      { messages: [{ id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'hi' }] }] },
    ],
    ['/messages/0/parts', { messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: '  ' }] }] }],
    ['/messages/0/parts', { messages: [{ id: 'a', role: 'user', parts: [{ type: 'file', url: 'x' }] }] }],
    [
      '/messages/0/parts',
      { messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: 'x'.repeat(8001) }] }] },
    ],
    ['/messages/0/parts', { messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: 'a\0b' }] }] }],
    [
      '/messages/0/parts/0/text',
      { messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: 5 }] }] },
    ],
    [
      '/messages/0/parts/0/text',
      { messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: { a: 1 } }] }] },
    ],
    ['/messages', { messages: [] }],
    [
      '/id',
      { id: 'no such thing!', messages: [{ id: 'a', role: 'user', parts: [{ type: 'text', text: 'hi' }] }] },
    ],
  ])('that is none is refused: %s', async (pointer, body) => {
    const response = await post(server, '/api/v1/chat', ann, { id: randomUUID(), ...body });
    expect([response.status, await problem(response)]).toMatchObject([400, { errors: [{ pointer }] }]);
  });
});

describe('a conversation', () => {
  test('is read in pages, from its end', async () => {
    const id = randomUUID();
    for (let at = 0; at < 26; at++) await say(server, ann, id, `restart the Hub ${at}`);
    const last = messagePage.parse(await json(at(id, '/messages'), ann));
    expect(last.messages).toHaveLength(50);
    const first = messagePage.parse(await json(at(id, `/messages?before=${last.before}`), ann));
    expect([first.messages.length, first.before]).toEqual([2, null]);
    const texts = [...first.messages, ...last.messages].filter(({ author }) => author === 'customer');
    expect(texts.map(({ text }) => text)).toEqual(
      Array.from({ length: 26 }, (_, at) => `restart the Hub ${at}`),
    );
  });

  test('can be opened before there is a message, once', async () => {
    const id = randomUUID();
    for (const _ of [1, 2]) {
      const response = await post(server, '/api/v1/conversations', ann, { id, name: 'Ann' });
      expect([response.status, await response.json()]).toMatchObject([201, { id, lastSeq: 1 }]);
    }
    expect((await post(server, '/api/v1/conversations', eve, { id })).status).toBe(409);
  });

  test('tells its page what happens, from where it was, and nothing of what agents say among themselves', async () => {
    const id = randomUUID();
    await say(server, ann, id, 'restart the Hub');
    const { lastSeq } = conversation.parse(await json(at(id), ann));
    const open = await get(server, at(id, '/events'), ann);
    const agent = (path: string, body: object) =>
      server.post(`/api/v1/desk/conversations/${id}${path}`, body);
    await agent('/notes', { id: randomUUID(), text: 'a difficult one' });
    await agent('/replies', {
      id: randomUUID(),
      text: 'Hello, it is me.',
      seenSeq: lastSeq,
      sendAnyway: true,
    });
    const response = await get(server, at(id, `/events?since=0`), ann);
    const enough = (events: { type: string }[]) =>
      events.filter(({ type }) => type === 'message-added').length === 2;
    const { ids, events } = await follow(response, enough);
    expect(ids).toEqual(events.map(({ seq }) => String(seq)));
    for (const each of events) event.strict().parse(each);
    expect(JSON.stringify(events)).not.toContain('difficult');
    expect(events.at(-1)).toMatchObject({
      actor: { kind: 'agent', id: '' },
      data: { text: 'Hello, it is me.' },
    });
    const change = events.find(({ type }) => type === 'owner-changed');
    expect(change?.data).toMatchObject({ to: { kind: 'human', userId: null }, reason: '' });

    // A page that was open has had the same, without what agents say among themselves.
    const live = await follow(open, (seen) => seen.at(-1)?.seq === events.at(-1)?.seq);
    expect(live.events).toEqual(
      events.filter(({ seq }) => seq > lastSeq && seq >= (live.events[0]?.seq ?? 0)),
    );
    expect(live.events.map(({ type }) => type)).toContain('owner-changed');

    const later = await fetch(server.url + at(id, '/events'), {
      headers: { ...ann.headers, 'last-event-id': String(events.at(-2)?.seq) },
    });
    expect((await follow(later, (seen) => seen.length === 1)).events[0]).toEqual(events.at(-1));
  });

  test('is answered by people once they have it; the message is only stored', async () => {
    const id = randomUUID();
    await say(server, ann, id, 'restart the Hub');
    const handed = await post(server, at(id, '/handoff'), ann, { reason: 'I am lost' });
    expect(await handed.json()).toMatchObject({ owner: { kind: 'human', userId: null } });
    const chunks = await say(server, ann, id, 'hello?');
    expect(typesOf(chunks)).toEqual(['data-accepted', 'data-route', 'finish']);
    expect((await messagesOf(id)).map(({ author }) => author)).toEqual(['customer', 'bot', 'customer']);
  });

  test('takes an opinion on an answer', async () => {
    const id = randomUUID();
    await say(server, ann, id, 'restart the Hub');
    const [asked, answer] = await messagesOf(id);
    const rate = (
      messageId: string | undefined,
      caller = ann,
      body: object = { vote: 'down', reason: 'no' },
    ) =>
      fetch(server.url + at(id, `/messages/${messageId}/feedback`), {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...caller.headers },
        body: JSON.stringify(body),
      });
    expect((await rate(answer?.id)).status).toBe(204);
    expect((await messagesOf(id))[1]?.feedback).toEqual({ vote: 'down', reason: 'no' });
    expect((await rate(asked?.id)).status).toBe(404);
    expect((await rate(answer?.id, eve)).status).toBe(404);
    expect((await rate(answer?.id, ann, { vote: 'maybe' })).status).toBe(400);
  });
});

describe('an answer that is being written', () => {
  test('can be read by a second reader and stopped by a third, and there is none afterwards', async () => {
    held.close();
    const id = randomUUID();
    const first = chunksOf(await post(server, '/api/v1/chat', ann, sending(id, 'restart the Hub')));
    const resume = () => get(server, `/api/v1/chat/${id}/stream`, ann);
    await expect.poll(async () => (await resume()).status, { timeout: 20_000 }).toBe(200);
    const second = chunksOf(await resume());
    expect(conversation.parse(await json(at(id), ann)).generating).toBe(true);
    const stopped = await post(server, at(id, '/stop'), ann);
    expect(await stopped.json()).toMatchObject({ generating: false });
    const [one, two] = await Promise.all([first, second]);
    expect(one.at(-1)).toMatchObject({ type: 'abort' });
    expect(two).toEqual(one.slice(1));
    expect((await resume()).status).toBe(204);
    expect((await messagesOf(id))[1]).toMatchObject({ state: 'stopped', text: textOf(one) });
  });

  test('goes on when its reader hangs up', async () => {
    held.close();
    const id = randomUUID();
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ann.headers },
      body: JSON.stringify(sending(id, 'restart the Hub')),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    held.open();
    await expect.poll(async () => (await messagesOf(id))[1]?.state, { timeout: 20_000 }).toBe('complete');
  });
});

describe('what belongs to others', () => {
  const ids: Record<string, string> = {};
  let owner: Caller;
  let elsewhere: Caller;
  beforeAll(async () => {
    held.open();
    const id = randomUUID();
    owner = await newCustomer(server);
    await say(server, owner, id, 'when is the late fee charged');
    Object.assign(ids, { id, passageId: 'psg_fee', messageId: (await messagesOf(id, owner))[1]?.id ?? '' });
    const request = { name: 'k', scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
    const { secret } = await server.running.services.keys.create(
      { tenant: 'elsewhere', actor: 'local' },
      request,
    );
    elsewhere = { headers: { authorization: `Bearer ${secret}` } };
  });

  test('is not there for another customer, another company or its customers, by any route', async () => {
    const { paths } = (await server.json('/openapi.json')) as {
      paths: Record<string, Record<string, object>>;
    };
    const about = Object.entries(paths).filter(([path]) =>
      /^\/api\/v1\/(chat|conversations|desk)\/.*\{/.test(path),
    );
    const places = about.flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
    );
    expect(places.length).toBeGreaterThanOrEqual(9);
    const theirs = await newCustomer(server, elsewhere.headers);
    const strangers: [string, Caller, number[]][] = [
      ['another customer', eve, [404, 403]],
      ['another company', elsewhere, [404]],
      ["another company's customer", theirs, [404, 403]],
    ];
    const bodies: Record<string, object> = { feedback: { vote: 'up' }, handoff: {}, stop: {} };
    const shown = async () =>
      (await messagesOf(ids.id ?? '', owner)).map(({ sentiment: _, ...rest }) => rest);
    const before = await shown();
    for (const [method, path] of places) {
      const place = path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? ids.id ?? '');
      for (const [who, { headers }, expected] of strangers) {
        const last = path.split('/').at(-1) ?? '';
        const reply = { id: randomUUID(), text: 'forged', seenSeq: 0, sendAnyway: true };
        const body =
          method === 'GET'
            ? undefined
            : JSON.stringify(bodies[last] ?? (path.includes('desk') ? deskBody(last, reply) : {}));
        const response = await fetch(server.url + place, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        expect([who, method, path, expected.includes(response.status) ? 'refused' : response.status]).toEqual(
          [who, method, path, 'refused'],
        );
        await response.body?.cancel();
      }
    }
    expect(await shown()).toEqual(before);
    // The same places are there for whose they are.
    expect((await get(server, at(ids.id ?? '', '/citations/psg_fee'), owner)).status).toBe(200);
  });

  test('is in nobody else’s list', async () => {
    const listed = async (caller: Caller) =>
      conversationList.parse(await json('/api/v1/conversations', caller)).conversations.map(({ id }) => id);
    expect(await listed(owner)).toContain(ids.id);
    expect(await listed(eve)).not.toContain(ids.id);
    expect(await listed(elsewhere)).toEqual([]);
    // Whoever works for the company sees them all.
    expect(await listed({ headers: {} })).toContain(ids.id);
  });

  test('cannot be written into by a forged id', async () => {
    const response = await post(server, '/api/v1/chat', eve, sending(ids.id ?? '', 'hello'));
    expect(response.status).toBe(409);
    const inAnotherCompany = await say(server, elsewhere, ids.id ?? '', 'restart the Hub');
    expect(typesOf(inAnotherCompany)).toContain('finish');
    expect((await messagesOf(ids.id ?? '', owner)).map(({ text }) => text)).not.toContain('restart the Hub');
  });
});

/** What a desk command takes, so that it is the conversation it fails for. */
function deskBody(command: string, reply: object): object {
  if (command === 'replies') return reply;
  if (command === 'notes') return { id: randomUUID(), text: 'forged' };
  if (command === 'transfer') return { userId: 'local' };
  return {};
}
