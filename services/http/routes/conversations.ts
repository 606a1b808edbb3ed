import { createRoute, z } from '@hono/zod-openapi';
import {
  conversation,
  conversationList,
  event,
  feedback,
  handoffRequest,
  messagePage,
  openConversationRequest,
  passage,
  recordId,
} from '#contracts';
import type { Chat } from '../../chat/chat.ts';
import { follow } from '../../conversations/follow.ts';
import type { Party } from '../../conversations/ledger.ts';
import type { Live } from '../../conversations/live.ts';
import type { Conversations } from '../../conversations/read.ts';
import { conversationTopic } from '../../conversations/topics.ts';
import type { Principal } from '../../principal.ts';
import { eventStream, lastEventId } from '../event-stream.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';
import { sseBody, sseEvent } from '../sse-body.ts';

const shared = { tags: ['conversations'], middleware: requireScope('chat') };
const named = z.object({ id: recordId });
const place = z.coerce.number().int().min(0);

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/conversations',
  summary: 'List conversations',
  description: 'A customer sees their own; a key, or a person of the company, all of them.',
  request: { query: z.object({ after: recordId.optional().describe('`next` of the page before') }) },
  responses: {
    200: { description: 'The latest first, 50 a page', content: json(conversationList) },
    ...problemResponses('not_found'),
  },
});

const open = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/conversations',
  summary: 'Open a conversation',
  description: 'Not needed before a first message, which opens one by itself.',
  request: { body: { content: json(openConversationRequest), required: true } },
  responses: {
    201: { description: 'The conversation', content: json(conversation) },
    ...problemResponses('too_large', 'conflict', 'storage_full'),
  },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/conversations/{id}',
  summary: 'Read a conversation',
  request: { params: named },
  responses: {
    200: { description: 'The conversation', content: json(conversation) },
    ...problemResponses('not_found'),
  },
});

const messages = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/conversations/{id}/messages',
  summary: 'Read the messages of a conversation',
  request: {
    params: named,
    query: z.object({ before: place.optional().describe('`before` of the page read last') }),
  },
  responses: {
    200: { description: 'Up to 50 messages, oldest first', content: json(messagePage) },
    ...problemResponses('not_found'),
  },
});

const events = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/conversations/{id}/events',
  summary: 'Follow a conversation',
  description:
    'Server-sent events: what people write, who answers, moods and endings. The `id` of an event is the place to resume from, by `Last-Event-ID` or `since`. Without either it begins now.',
  request: {
    params: named,
    query: z.object({ since: place.optional().describe('`lastSeq` of the conversation') }),
    headers: z.object({ 'last-event-id': lastEventId }),
  },
  responses: {
    200: {
      description: 'Events, until the reader leaves',
      content: { 'text/event-stream': { schema: event } },
    },
    ...problemResponses('not_found'),
  },
});

const citation = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/conversations/{id}/citations/{passageId}',
  summary: 'Read a passage that an answer rests on',
  request: { params: named.extend({ passageId: recordId }) },
  responses: {
    200: { description: 'The passage as it is now', content: json(passage) },
    ...problemResponses('not_found'),
  },
});

const stop = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/conversations/{id}/stop',
  summary: 'Stop the answer that is being written',
  description: 'What was said stays, marked as stopped.',
  request: { params: named },
  responses: {
    200: { description: 'The conversation, in which the bot is silent', content: json(conversation) },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const handoff = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/conversations/{id}/handoff',
  summary: 'Ask for a person',
  request: { params: named, body: { content: json(handoffRequest), required: true } },
  responses: {
    200: { description: 'The conversation, which people have now', content: json(conversation) },
    ...problemResponses('too_large', 'not_found', 'storage_full'),
  },
});

const rate = createRoute({
  ...shared,
  method: 'put',
  path: '/api/v1/conversations/{id}/messages/{messageId}/feedback',
  summary: 'Say whether an answer helped',
  request: {
    params: named.extend({ messageId: recordId }),
    body: { content: json(feedback), required: true },
  },
  responses: { 204: { description: 'Noted' }, ...problemResponses('too_large', 'not_found', 'storage_full') },
});

const partyOf = ({ tenant, customer }: Principal): Party => ({ tenant, customer });

export interface ConversationRouteParts {
  chat: Chat;
  conversations: Conversations;
  live: Live;
  /** Aborted when the server stops. */
  stopping: AbortSignal;
}

/** Conversations as customers, and programs on their behalf, see them. Needs `chat`. */
export function conversationRoutes({ chat, conversations, live, stopping }: ConversationRouteParts) {
  return newRouter()
    .openapi(list, async (c) =>
      c.json(await conversations.list(partyOf(c.get('principal')), c.req.valid('query').after), 200),
    )
    .openapi(open, async (c) => c.json(await chat.open(c.get('principal'), c.req.valid('json')), 201))
    .openapi(read, async (c) =>
      c.json(await conversations.get(partyOf(c.get('principal')), c.req.valid('param').id), 200),
    )
    .openapi(messages, async (c) => {
      const { before } = c.req.valid('query');
      return c.json(
        await conversations.messages(partyOf(c.get('principal')), c.req.valid('param').id, before),
        200,
      );
    })
    .openapi(events, async (c) => {
      const party = partyOf(c.get('principal'));
      const { id } = c.req.valid('param');
      const { lastSeq } = await conversations.get(party, id);
      const since = c.req.valid('header')['last-event-id'] ?? c.req.valid('query').since ?? lastSeq;
      const topic = conversationTopic(id);
      const read = (after: number, limit: number) => conversations.events(party, id, after, limit);
      // Whose conversation it is was found out above, and does not change.
      const recent = (after: number) =>
        live.recent(party.tenant, topic, after)?.flatMap((each) => conversations.shown(party, each) ?? []);
      async function* frames(signal: AbortSignal) {
        for await (const each of follow({ live, tenant: party.tenant, topic, read, recent }, since, signal))
          yield sseEvent(each, each.seq);
      }
      return eventStream(c, (drop) => sseBody(frames, { stop: stopping, drop })) as never;
    })
    .openapi(citation, async (c) => {
      const { id, passageId } = c.req.valid('param');
      return c.json(await conversations.citation(partyOf(c.get('principal')), id, passageId), 200);
    })
    .openapi(stop, async (c) => c.json(await chat.stop(c.get('principal'), c.req.valid('param').id), 200))
    .openapi(handoff, async (c) => {
      const { reason } = c.req.valid('json');
      return c.json(await chat.callPerson(c.get('principal'), c.req.valid('param').id, reason), 200);
    })
    .openapi(rate, async (c) => {
      const { id, messageId } = c.req.valid('param');
      await chat.rate(c.get('principal'), id, messageId, c.req.valid('json'));
      return c.body(null, 204);
    });
}
