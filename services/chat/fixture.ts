import { randomUUID } from 'node:crypto';
import type { ChatChunk, Passage, SentimentLabel } from '#contracts';
import { type ChatTools, fakeTools } from '#nlp';
import { createLedger } from '../conversations/ledger.ts';
import { createLive } from '../conversations/live.ts';
import { createConversations } from '../conversations/read.ts';
import { conversationTopic } from '../conversations/topics.ts';
import type { Database } from '../db/database.ts';
import { readEvents } from '../db/events.ts';
import type { Principal } from '../principal.ts';
import { type AnswerStream, type ChatParts, createChat } from './chat.ts';

const passage = (id: string, title: string, text: string): Passage => ({
  id,
  sourceId: `source-${id}`,
  sourceName: `en/${id}.md`,
  title,
  headings: [title],
  position: 0,
  text,
  language: 'en',
});

/** What the bot of these tests can answer from. */
export const passages = [
  passage('fee', 'Late fee', 'The late fee is €6. It is charged ten days after the due date.'),
  passage('hub', 'Restart', 'Restart the Hub like this:\n\n1. Pull the plug.\n2. Wait.\n3. Plug it in.'),
  passage('fees', 'All fees', 'The late fee is one of many fees. Paper bills cost €1.50.'),
];

/** Holds the answer before its pieces until they are let go. */
export function gate() {
  let open = false;
  let waiting: (() => void)[] = [];
  return {
    pace: () => (open ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
    /** One more piece. */
    step() {
      waiting.shift()?.();
    },
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

const scores: Record<string, [SentimentLabel, number]> = { awful: ['negative', -4], great: ['positive', 4] };

/** A sentiment task that knows two words. */
const tasks = {
  async run(_: string, { input, options }: { input: string | string[]; options?: object }) {
    const word = Object.keys(scores).find((each) => String(input).includes(each));
    const [label, score] = scores[word ?? ''] ?? ['neutral', 0];
    const probabilities = { negative: 0, neutral: 0, positive: 0, [label]: 1 };
    const spans = (options as { explain?: boolean })?.explain
      ? { spans: [{ text: word, start: 0, end: 1, weight: 1 }] }
      : {};
    return { result: { label, score, probabilities, ...spans } };
  },
} as unknown as ChatParts['tasks'];

/** A chat over a database, with a bot that knows a few passages. A second one over the same database is another process. */
export function chatOver(database: Database, more: Partial<ChatParts> & { answering?: ChatTools } = {}) {
  const live = createLive(database);
  const ledger = createLedger(database, live);
  const conversations = createConversations(database);
  const answering = more.answering ?? fakeTools(passages);
  const gaps: string[] = [];
  const chat = createChat({
    ...{ database, ledger, live, conversations, tasks },
    tools: () => answering,
    onGap: async (_, { question }) => void gaps.push(question),
    log: { debug() {}, warn() {} },
    ...more,
  });
  return { chat, ledger, live, conversations, gaps };
}

export const customer = (tenant: string, id = 'ann'): Principal => ({
  tenant,
  actor: `customer:${id}`,
  scopes: ['chat'],
  ratePerMinute: null,
  user: null,
  customer: id,
});

/** A message as a route makes one of a request. */
export const message = (conversationId: string, text: string, messageId: string = randomUUID()) => ({
  conversationId,
  messageId,
  text,
  seen: [],
  language: 'en',
  name: null,
});

export async function chunksOf(stream: AnswerStream | null, signal = new AbortController().signal) {
  const chunks: ChatChunk[] = [];
  if (stream) for await (const chunk of stream(signal)) chunks.push(chunk);
  return chunks;
}

export const eventsOf = (database: Database, tenant: string, conversationId: string) =>
  database.withTenant(tenant, (tx) => readEvents(tx, conversationTopic(conversationId), 0, 1000));
