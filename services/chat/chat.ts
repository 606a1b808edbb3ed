import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChatChunk, Conversation, Feedback, OpenConversationRequest, TurnSentiment } from '#contracts';
import type { TaskRunner } from '#inference';
import { type ChatTools, respond, type Unanswered } from '#nlp';
import type { Ledger, Party } from '../conversations/ledger.ts';
import type { Live } from '../conversations/live.ts';
import type { Conversations } from '../conversations/read.ts';
import type { Database } from '../db/database.ts';
import type { Principal } from '../principal.ts';
import { callPerson } from './answer-end.ts';
import { type AnswerId, Generation } from './generation.ts';
import { runningIn } from './generation-rows.ts';
import { rateAnswer } from './rating.ts';
import { readAnswer } from './reader.ts';
import { cutOff, reap, silentMs } from './reaper.ts';
import { createRegistry } from './registry.ts';
import { scoreMessage } from './scoring.ts';
import { type Accepted, acceptMessage, beginAgain, type Incoming } from './turn.ts';
import { writeAnswer } from './writer.ts';

/** Chunks of one answer for one reader, until the end or until `signal` is aborted. */
export type AnswerStream = (signal: AbortSignal) => AsyncIterable<ChatChunk>;

/** What customers, and programs on their behalf, do with conversations. */
export interface Chat {
  /** Opens a conversation without a message; the same id again changes nothing. Throws `conflict` for somebody else's. */
  open(principal: Principal, request: OpenConversationRequest): Promise<Conversation>;
  /**
   * Stores a message and has it answered where the bot speaks. Once this resolves, the message is stored; sent again it is the
   * same message and the stream is that of its answer. The answer goes on without readers. Throws `conflict`.
   */
  send(principal: Principal, incoming: Incoming): Promise<AnswerStream>;
  /** Another answer to the message that `id` is, or is an answer to; beside the first. Throws `not_found`, `conflict`. */
  again(principal: Principal, conversationId: string, id?: string): Promise<AnswerStream>;
  /** The answer being written, from its first chunk; null when there is none. Throws `not_found`. */
  resume(principal: Principal, conversationId: string): Promise<AnswerStream | null>;
  /** Ends what the bot is saying; what was said stays, as `stopped`. Throws `not_found`. */
  stop(principal: Principal, conversationId: string): Promise<Conversation>;
  /** Gives the conversation to people. Throws `not_found`. */
  callPerson(principal: Principal, conversationId: string, reason: string | null): Promise<Conversation>;
  /** Throws `not_found` for what is no answer of this conversation. */
  rate(principal: Principal, conversationId: string, messageId: string, feedback: Feedback): Promise<void>;
  /** Ends answers that an earlier life of this process, or another process, left behind; again and again until `close`. */
  start(tenant: string): Promise<void>;
  /** Lets running answers end, within reason, and takes no notice of others any more. */
  close(): Promise<void>;
}

export interface ChatParts {
  database: Database;
  ledger: Ledger;
  live: Live;
  conversations: Conversations;
  tasks: Pick<TaskRunner, 'run'>;
  tools: (tenant: string, signal: AbortSignal) => ChatTools;
  /** Hears of questions that found nothing. */
  onGap(tenant: string, gap: Unanswered & { conversationId: string }): Promise<void>;
  log: Pick<Logger, 'debug' | 'warn'>;
  /** Awaited between two pieces of an answer; tests hold answers with it. */
  pace?: (() => Promise<void>) | undefined;
}

const reapMs = 30_000;
const graceMs = 3_000;

export function createChat(parts: ChatParts): Chat {
  const { database, ledger, live, conversations, log } = parts;
  const registry = createRegistry();
  const stopHeeding = ledger.watch(registry.heed);
  const swept = new Map<string, Promise<void>>();
  const failed = (error: unknown) => log.warn({ err: error }, 'an answer broke off');
  const partyOf = ({ tenant, customer }: Principal): Party => ({ tenant, customer });

  /** A tenant's answers that nobody writes any more. On the embedded database that is every one of an earlier process. */
  const sweep = async (tenant: string, silence: number) => {
    await reap(database, ledger, tenant, silence, (key) => registry.has(tenant, key));
  };
  const met = (tenant: string) => {
    const first = swept.get(tenant) ?? sweep(tenant, database.kind === 'pglite' ? 0 : silentMs);
    swept.set(tenant, first);
    // What failed is tried again by whoever comes next.
    first.catch(() => swept.delete(tenant));
    return first;
  };
  const reaper = setInterval(() => {
    for (const tenant of swept.keys()) sweep(tenant, silentMs).catch(failed);
  }, reapMs).unref();

  const streamOf =
    (id: AnswerId): AnswerStream =>
    (signal) =>
      registry.find(id)?.read(signal) ?? readAnswer(database, live, id, signal);

  /** Mood and answer side by side: neither waits for the other. */
  function begin(tenant: string, conversationId: string, accepted: Accepted, text: string, since: number) {
    const { messageId, answer, again } = accepted;
    const generation =
      answer?.begun &&
      new Generation({ tenant, conversationId, messageId: answer.messageId }, answer.begun.fence);
    const onMood = (sentiment: TurnSentiment, offer: string | null) => {
      generation?.push({ type: 'data-sentiment', id: 'sentiment', data: { messageId, sentiment } });
      if (offer)
        generation?.push({ type: 'data-handoff', id: 'handoff', data: { state: 'offered', reason: offer } });
    };
    const scored = again
      ? Promise.resolve()
      : scoreMessage({ tenant, conversationId, messageId, text }, parts, onMood).labelled;
    if (!generation || !answer?.begun) return;
    const messageMetadata = {
      parentId: messageId,
      state: 'streaming' as const,
      outcome: null,
      citations: [],
    };
    generation.push({ type: 'start', messageId: answer.messageId, messageMetadata });
    const answering = respond(answer.begun.turn, parts.tools(tenant, generation.cut.signal));
    const writing = { generation, parentId: messageId, since, parts: answering, scored };
    const written = writeAnswer(writing, { database, ledger, pace: parts.pace, failed }).then(async (gap) => {
      if (gap) await parts.onGap(tenant, { ...gap, conversationId });
    });
    registry.run(generation, written.catch(failed));
  }

  function answered(
    tenant: string,
    conversationId: string,
    { messageId, seq, answer }: Accepted,
  ): AnswerStream {
    return async function* (signal) {
      yield { type: 'data-accepted', data: { messageId, seq }, transient: true };
      if (answer) return yield* streamOf({ tenant, conversationId, messageId: answer.messageId })(signal);
      const reason = 'A person answers in this conversation.';
      yield { type: 'data-route', data: { route: 'person', reason }, transient: true };
      yield { type: 'finish', finishReason: 'stop' };
    };
  }

  return {
    async open(principal, { id = randomUUID(), language, name }) {
      const { tenant, customer, actor } = principal;
      const opening = { id, customerName: name ?? null, language, title: '' };
      await ledger.open({ tenant, customer: customer ?? actor }, opening);
      return await conversations.get(partyOf(principal), id);
    },

    async send(principal, incoming) {
      const since = performance.now();
      const { tenant, customer, actor } = principal;
      await met(tenant);
      const party = { tenant, customer, asCustomer: customer ?? actor };
      const accepted = await acceptMessage(ledger, party, incoming);
      begin(tenant, incoming.conversationId, accepted, incoming.text, since);
      return answered(tenant, incoming.conversationId, accepted);
    },

    async again(principal, conversationId, id) {
      const since = performance.now();
      const { tenant } = principal;
      await met(tenant);
      const accepted = await beginAgain(ledger, partyOf(principal), conversationId, id);
      begin(tenant, conversationId, accepted, '', since);
      return answered(tenant, conversationId, accepted);
    },

    async resume(principal, conversationId) {
      const { tenant } = principal;
      await met(tenant);
      const [messageId] = await running(principal, conversationId);
      return messageId === undefined ? null : streamOf({ tenant, conversationId, messageId });
    },

    async stop(principal, conversationId) {
      const { tenant } = principal;
      const ids = await running(principal, conversationId);
      await registry.silence(tenant, conversationId, 'stopped');
      for (const messageId of ids) await cutOff(ledger, tenant, { conversationId, messageId }, 'stopped');
      return await conversations.get(partyOf(principal), conversationId);
    },

    async callPerson(principal, conversationId, wish) {
      const party = partyOf(principal);
      const reason = wish ? `asked for a person: ${wish}` : 'asked for a person';
      await ledger.change(party, conversationId, (change) => callPerson(change, reason));
      return await conversations.get(party, conversationId);
    },

    rate: (principal, conversationId, messageId, feedback) =>
      ledger.change(partyOf(principal), conversationId, (change) => rateAnswer(change, messageId, feedback)),

    start: met,

    async close() {
      clearInterval(reaper);
      await registry.close(graceMs);
      stopHeeding();
    },
  };

  async function running(principal: Principal, conversationId: string): Promise<string[]> {
    const { generating } = await conversations.get(partyOf(principal), conversationId);
    if (!generating) return [];
    return await database.withTenant(principal.tenant, (tx) => runningIn(tx, conversationId));
  }
}
