import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { readEventStream } from '#client';
import type { ChatChunk, Event } from '#contracts';
import { knowledgePassage, knowledgeSource } from '../../services/db/schema/index.ts';
import { passages } from '../fixtures/passages.ts';
import type { TestServer } from './server.ts';

/** Somebody who talks to a server under test. */
export interface Caller {
  headers: Record<string, string>;
}

/** A customer of the server's first tenant, with a token of their own. */
export async function newCustomer(server: TestServer, as: Record<string, string> = {}): Promise<Caller> {
  const response = await server.post('/api/v1/customers', {}, as);
  const { token } = (await response.json()) as { token: string };
  return { headers: { authorization: `Bearer ${token}` } };
}

/** The body that the AI SDK's transport sends for one message. */
export const sending = (id: string, text: string, messageId: string = randomUUID()) => ({
  id,
  trigger: 'submit-message',
  messages: [{ id: messageId, role: 'user', parts: [{ type: 'text', text }] }],
});

export const post = (server: TestServer, path: string, { headers }: Caller, body: unknown = {}) =>
  server.post(path, body, headers);

export const get = (server: TestServer, path: string, { headers }: Caller, signal?: AbortSignal) =>
  fetch(server.url + path, { headers, signal });

/** Sends a message and reads the whole answer. */
export async function say(
  server: TestServer,
  caller: Caller,
  id: string,
  text: string,
  messageId?: string,
): Promise<ChatChunk[]> {
  return await chunksOf(await post(server, '/api/v1/chat', caller, sending(id, text, messageId)));
}

export async function chunksOf(response: Response): Promise<ChatChunk[]> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  const chunks: ChatChunk[] = [];
  for await (const { data } of readEventStream(response.body)) {
    if (data !== '[DONE]') chunks.push(JSON.parse(data));
  }
  return chunks;
}

/** Events of a conversation's stream as they come, until `enough`. */
export async function follow(
  response: Response,
  enough: (events: Event[]) => boolean,
): Promise<{ ids: (string | undefined)[]; events: Event[] }> {
  const [ids, events]: [(string | undefined)[], Event[]] = [[], []];
  for await (const { id, data } of readEventStream(response.body as ReadableStream<Uint8Array>)) {
    ids.push(id);
    events.push(JSON.parse(data));
    if (enough(events)) break;
  }
  return { ids, events };
}

export const textOf = (chunks: ChatChunk[]) =>
  chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');

export const typesOf = (chunks: ChatChunk[]) =>
  chunks.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);

/** Puts the passages where a citation is looked up. */
export async function storePassages(
  { running }: Pick<TestServer, 'running'>,
  tenant = 'default',
): Promise<void> {
  await running.services.database.withTenant(tenant, async (tx) => {
    for (const { sourceName: name, title, ...row } of passages) {
      const about = {
        name,
        title,
        kind: 'markdown' as const,
        language: 'en',
        bytes: 1,
        sha256: '',
        state: 'ready' as const,
      };
      await tx.insert(knowledgeSource).values({ ...about, id: row.sourceId });
      await tx
        .insert(knowledgePassage)
        .values({ ...row, embedding: Array(384).fill(0), search: sql`''::tsvector` as never });
    }
  });
}

/** Holds answers before each of their pieces until it is opened. */
export function gate() {
  let open = false;
  let waiting: (() => void)[] = [];
  return {
    pace: () => (open ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
    open() {
      open = true;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    close() {
      open = false;
    },
  };
}
