import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { recordId } from '#contracts';
import type { PgliteDatabase } from '../../services/db/pglite.ts';
import { DeskFollower } from '../fixtures/desk-follower.ts';
import { runOf } from '../fixtures/evaluation-run.ts';
import { type Company, foundCompany, type Headers, type Ids } from './company.ts';
import { recordOperations } from './record-operations.ts';
import { startServer, type TestServer } from './server.ts';

/** What is the installation's. */
const ofNoTenant = [
  '/api/v1/models/{id}',
  '/api/v1/models/{id}/pin',
  '/api/v1/models/{id}/verification',
  '/api/v1/models/pulls/{id}',
  '/v1/models/{id}',
  '/hf/models/{id}',
  '/hf/models/{id}/pipeline/{task}',
];
/** What is one person's, also among colleagues. */
const personal = ['/api/v1/session/sessions/{id}'];
/** Whoever has one of these is let in by it: it is a secret and no name. */
const keysToTheDoor = ['/api/v1/people/invitations/{token}/accept'];
/** Operations whose answer never ends. */
const streams = ['GET /api/v1/desk/events'];

interface Operation {
  name: string;
  method: string;
  path: string;
  /** Fields of the query and the body that name a record. */
  fields: string[];
}

/** Whoever tries, with a conversation of their own. */
interface Attacker {
  headers: Headers;
  own: string;
}

let server: TestServer;
let operations: Operation[];
/** The company under attack, and the one whose people and customers attack it. */
let company: Company;
let other: Company;
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  operations = operationsOf(await server.json('/openapi.json'));
  company = await foundCompany(server, 'a');
  other = await foundCompany(server, 'b');
}, 120_000);
afterAll(() => server?.stop());

/** New customers for each test: one customer may not ask much. */
const attackers = async (): Promise<[string, Attacker][]> => [
  ['another company’s administrator', { headers: other.admin, own: other.ids.conversation }],
  ['another company’s customer', await customer(await other.stranger())],
  ['another customer of the company', await customer(await company.stranger())],
];

async function customer(headers: Headers): Promise<Attacker> {
  const opened = await call(headers, 'POST', '/api/v1/conversations', { id: randomUUID() });
  return { headers, own: ((await opened.json()) as { id: string }).id };
}

/** How many operations one customer tries: they may not ask much. */
const callsOfOne = 20;

type Attack = (ids: Ids, by: Attacker) => Promise<Response>;
const desk = (command: string, body: (ids: Ids) => object): Attack => {
  return (ids, { headers, own }) =>
    call(headers, 'POST', `/api/v1/desk/conversations/${own}/${command}`, body(ids));
};
const chat = (body: (ids: Ids, by: Attacker) => object): Attack => {
  return (ids, by) => call(by.headers, 'POST', '/api/v1/chat', body(ids, by));
};
const labelled = (from: (ids: Ids) => object): Attack => {
  return (ids, { headers }) => {
    const row = { input: 'x', expected: 'y', from: from(ids) };
    return call(headers, 'POST', `/api/v1/evaluations/datasets/${other.ids.dataset}/rows`, row);
  };
};
const hello = (id: string = randomUUID()) => ({ id, role: 'user', parts: [{ type: 'text', text: 'Hello' }] });

/** Fields by which a request names a record, and an attempt to reach the company's by each; `new` is what it makes. */
const mentions: Record<string, Attack | 'new'> = {
  'GET /api/v1/conversations after': ({ conversation }, { headers }) =>
    call(headers, 'GET', `/api/v1/conversations?after=${conversation}`),
  'POST /api/v1/chat messageId': chat(({ answer }, { own }) => ({
    id: own,
    trigger: 'regenerate-message',
    messageId: answer,
    messages: [hello()],
  })),
  'PUT /api/v1/knowledge/intents name': 'new',
  'POST /api/v1/desk/conversations/{id}/replies id': 'new',
  'POST /api/v1/desk/conversations/{id}/notes id': 'new',
  'POST /api/v1/desk/conversations/{id}/take from': desk('take', ({ person }) => ({
    from: person,
    reason: 'x',
  })),
  'POST /api/v1/desk/conversations/{id}/transfer userId': desk('transfer', ({ person }) => ({
    userId: person,
  })),
  'POST /api/v1/desk/conversations/{id}/transfer teamId': desk('transfer', ({ team }) => ({ teamId: team })),
  'POST /api/v1/desk/presence conversationId': ({ conversation }, { headers }) =>
    call(headers, 'POST', '/api/v1/desk/presence', { conversationId: conversation, typing: true }),
  'POST /api/v1/people/invitations teamIds': ({ team }, { headers }) =>
    call(headers, 'POST', '/api/v1/people/invitations', { email: 'eve@b.example', teamIds: [team] }),
  'PATCH /api/v1/people/{id} teamIds': ({ team }, { headers }) =>
    call(headers, 'PATCH', `/api/v1/people/${other.ids.person}`, { teamIds: [team] }),
  'POST /api/v1/evaluations/runs/{id}/samples id': 'new',
  'GET /api/v1/evaluations/compare a': ({ run }, { headers }) =>
    call(headers, 'GET', `/api/v1/evaluations/compare?a=${run}&b=${other.ids.run}&scorer=accuracy`),
  'GET /api/v1/evaluations/compare b': ({ run }, { headers }) =>
    call(headers, 'GET', `/api/v1/evaluations/compare?a=${other.ids.run}&b=${run}&scorer=accuracy`),
  'POST /api/v1/evaluations/reviews runIds': ({ run }, { headers }) =>
    call(headers, 'POST', '/api/v1/evaluations/reviews', {
      runIds: [run],
      select: { random: 1 },
      rubric: { title: 'Mine now', scale: { kind: 'scale', points: 5 } },
    }),
  'POST /api/v1/evaluations/datasets/{name}/rows from': labelled(({ run }) => ({
    ...{ runId: run, sample: '1', repeat: 0 },
  })),
  'POST /api/v1/evaluations/datasets/{name}/rows runId': labelled(({ run }) => ({ runId: run, sample: '1' })),
  'POST /api/v1/evaluations/datasets/{name}/rows conversationId': labelled((ids) => ({
    conversationId: ids.conversation,
    messageId: ids.answer,
  })),
  'POST /api/v1/evaluations/datasets/{name}/rows messageId': labelled((ids) => ({
    conversationId: other.ids.conversation,
    messageId: ids.answer,
  })),
  'POST /api/v1/evaluations/datasets/{name}/rows reviewId': labelled((ids) => ({
    reviewId: ids.review,
    itemId: ids.item,
  })),
  'POST /api/v1/evaluations/datasets/{name}/rows itemId': labelled((ids) => ({
    reviewId: other.ids.review,
    itemId: ids.item,
  })),
  'POST /api/v1/evaluations/runs id': ({ run }, { headers }) =>
    call(headers, 'POST', '/api/v1/evaluations/runs', runOf({ id: run })),
  // Last: whoever chooses the same id has a conversation by that name from then on.
  'POST /api/v1/conversations id': ({ conversation }, { headers }) =>
    call(headers, 'POST', '/api/v1/conversations', { id: conversation }),
  'POST /api/v1/chat id': chat(({ conversation }, { own }) => ({
    id: conversation,
    messages: [{ ...hello(own) }],
  })),
};

/** Where a client chooses the id, two companies may have chosen the same one. */
const madeByAnId = [
  'POST /api/v1/conversations id',
  'POST /api/v1/chat id',
  'POST /api/v1/evaluations/runs id',
];

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is read here as what it is, JSON
type Json = any;

function operationsOf({ paths }: Json): Operation[] {
  return Object.entries<Json>(paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, { parameters = [], requestBody }]) => {
      const query = parameters.filter((each: Json) => each.in === 'query');
      const inQuery = Object.fromEntries(query.map((each: Json) => [each.name, each.schema]));
      const body = requestBody?.content?.['application/json']?.schema;
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        fields: [...new Set([...naming(inQuery), ...fieldsNaming(body)])],
      };
    }),
  );
}

const idPattern = z.toJSONSchema(recordId).pattern;

/** Those of a schema's properties, at any depth, that name a record: by their shape or by what they are called. */
function fieldsNaming(schema: Json): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return [...naming(schema.properties ?? {}), ...Object.values(schema).flatMap(fieldsNaming)];
}
function naming(properties: Record<string, Json>): string[] {
  return Object.entries(properties)
    .filter(
      ([name, { pattern, format }]) =>
        pattern === idPattern || format === 'uuid' || /(^id|[a-z]Ids?|^from)$/.test(name),
    )
    .map(([name]) => name);
}

const call = (headers: Headers, method: string, path: string, body?: object) =>
  fetch(server.url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });

const ofTenant = () =>
  operations.filter(
    ({ path }) => path.includes('{') && ![...ofNoTenant, ...personal, ...keysToTheDoor].includes(path),
  );

const tellsOfTheCompany = async (answer: Response) => (await answer.text()).includes(company.secret);

/** Everything that a tenant has, as the database's superuser sees it. */
async function recordsOf(tenant: string): Promise<Record<string, string[]>> {
  const { client } = server.running.services.database as PgliteDatabase;
  const tables = await client.query<{ name: string }>(
    "select table_name as name from information_schema.columns where column_name = 'tenant_id' order by 1",
  );
  const records: Record<string, string[]> = {};
  // Making customers uses the company's key, which is noted now and then.
  for (const { name } of tables.rows) {
    const rows = await client.query(
      `select to_jsonb(t) - 'last_used_at' as row from ${name} t where tenant_id = $1`,
      [tenant],
    );
    records[name] = rows.rows.map((each) => JSON.stringify(each)).sort();
  }
  return records;
}

/** What of the company is not as it was, or no longer there. What its other customers add is theirs. */
async function lostSince(before: Record<string, string[]>): Promise<string[]> {
  const now = await recordsOf('a');
  return Object.entries(before).flatMap(([table, rows]) => {
    // A counter counts what everybody of the company does.
    const theirs = rows.filter((row) => !(table === 'event_topic' && row.includes('"desk"')));
    return theirs.filter((row) => !now[table]?.includes(row)).map((row) => `${table}: ${row}`);
  });
}

describe('a record that the path names', () => {
  test('is tried for every operation there is', () => {
    expect(
      ofTenant()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(recordOperations).sort());
  });

  test('is neither read nor changed by whoever it is not for', async () => {
    const before = await recordsOf('a');
    let all = await attackers();
    for (const [index, { name, method }] of ofTenant().entries()) {
      if (index % callsOfOne === callsOfOne - 1) all = await attackers();
      const { path, body } = recordOperations[name] ?? {};
      for (const [who, { headers, own }] of all) {
        // Where a path names two records, the first may be the attacker's own.
        for (const ids of [company.ids, { ...company.ids, conversation: own }]) {
          if (ids !== company.ids && !/\{.*\{/.test(name)) continue;
          const answer = await call(headers, method, path?.(ids) ?? '', body?.(ids));
          expect([name, who, answer.status]).toEqual([name, who, answer.status === 403 ? 403 : 404]);
          expect([name, who, await tellsOfTheCompany(answer)]).toEqual([name, who, false]);
        }
      }
    }
    expect(await lostSince(before)).toEqual([]);
  });

  test('is there for whoever it is for', async () => {
    const last = ({ method }: Operation) => Number(method === 'DELETE');
    for (const { name, method } of ofTenant().sort((a, b) => last(a) - last(b))) {
      const { path, body, as = 'admin' } = recordOperations[name] ?? {};
      // Of the other company: the one under attack stays whole for the tests below.
      const answer = await call(other[as], method, path?.(other.ids) ?? '', body?.(other.ids));
      // A conflict has found it, and so has what is not supported for this one.
      expect([name, answer.ok || [409, 422].includes(answer.status)]).toEqual([name, true]);
      await answer.body?.cancel();
    }
  });
});

test('where somebody is signed in is ended by nobody else, colleagues included', async () => {
  const ann = await company.join();
  const place = '/api/v1/session/sessions';
  const list = await call(ann, 'GET', place);
  const [mine] = ((await list.json()) as { sessions: { id: string }[] }).sessions;
  for (const person of [await company.join(), await other.join()]) {
    expect((await call(person, 'DELETE', `${place}/${mine?.id}`)).status).toBe(404);
  }
  expect((await call(other.admin, 'DELETE', `${place}/${mine?.id}`)).status).toBe(403);
  expect((await call(ann, 'DELETE', `${place}/${mine?.id}`)).status).toBe(204);
  expect((await call(ann, 'GET', place)).status).toBe(401);
});

describe('a record that a field names', () => {
  test('is tried for every field there is', () => {
    const all = operations.flatMap(({ name, fields }) => fields.map((field) => `${name} ${field}`));
    expect(all.sort()).toEqual(Object.keys(mentions).sort());
  });

  test('is neither read, nor changed, nor attached to what is one’s own', async () => {
    const all = await attackers();
    const before = await recordsOf('a');
    for (const [name, attack] of Object.entries(mentions)) {
      if (attack === 'new') continue;
      for (const [who, attacker] of all) {
        const answer = await attack(company.ids, attacker);
        const refused = [400, 403, 404, 409].includes(answer.status);
        const isMade = who.startsWith('another company') && madeByAnId.includes(name);
        expect([name, who, refused || isMade]).toEqual([name, who, true]);
        expect([name, who, await tellsOfTheCompany(answer)]).toEqual([name, who, false]);
      }
    }
    expect(await lostSince(before)).toEqual([]);
    const { person, team } = company.ids;
    const own = JSON.stringify(await recordsOf('b'));
    for (const id of [person, team]) expect(own).not.toContain(id);
  });
});

test('no list tells of another company, or of another customer', async () => {
  const lists = operations.filter(
    ({ name, method, path }) => method === 'GET' && !path.includes('{') && !streams.includes(name),
  );
  const all = await attackers();
  for (const { name, path } of lists) {
    for (const [who, { headers }] of all) {
      const answer = await call(headers, 'GET', path);
      expect([name, who, await tellsOfTheCompany(answer)]).toEqual([name, who, false]);
    }
  }
});

test('no search finds what is another company’s', async () => {
  const question = { query: 'What opens at nine?' };
  const found = await call(other.admin, 'POST', '/api/v1/knowledge/search', question);
  expect([found.status, await tellsOfTheCompany(found)]).toEqual([200, false]);
  const listed = await call(other.admin, 'GET', `/api/v1/desk/conversations?search=${company.secret}`);
  expect(((await listed.json()) as { entries: unknown[] }).entries).toEqual([]);
});

test('no stream tells of another company, or of another customer', async () => {
  const follower = new DeskFollower();
  const answer = await call(other.admin, 'GET', '/api/v1/desk/events?since=0');
  follower.connect(answer.body as ReadableStream<Uint8Array>);
  await company.say();
  await other.say();
  await expect.poll(() => follower.changes.at(-1)?.entry.preview, { timeout: 20_000 }).toBe(other.secret);
  await follower.disconnect();
  expect(JSON.stringify(follower.changes)).not.toContain(company.secret);
  for (const headers of [await other.stranger(), await company.stranger()]) {
    expect((await call(headers, 'GET', '/api/v1/desk/events')).status).toBe(403);
  }
});
