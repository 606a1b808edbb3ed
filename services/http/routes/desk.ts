import { createRoute, z } from '@hono/zod-openapi';
import {
  availabilityRequest,
  colleagueList,
  deskFrame,
  deskResult,
  inboxPage,
  inboxQuery,
  noteRequest,
  presenceRequest,
  recordId,
  replyRequest,
  takeRequest,
  transcript,
  transferRequest,
} from '#contracts';
import type { Desk } from '../../desk/desk.ts';
import type { Told } from '../../desk/stream.ts';
import { eventStream, lastEventId } from '../event-stream.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';
import { sseBody, sseEvent } from '../sse-body.ts';

const shared = { tags: ['desk'], middleware: requireScope('agent') };
const place = z.coerce.number().int().min(0);
const named = z.object({ id: recordId });
const nothing = { 204: { description: 'Done' } };

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/desk/conversations',
  summary: 'List conversations',
  request: { query: inboxQuery },
  responses: { 200: { description: 'A page of the inbox', content: json(inboxPage) }, ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/desk/conversations/{id}',
  summary: 'Read a conversation',
  request: {
    params: named,
    query: z.object({ before: place.optional().describe('`before` of the page read last') }),
  },
  responses: {
    200: { description: 'Its latest events, notes included', content: json(transcript) },
    ...problemResponses('not_found'),
  },
});

const events = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/desk/events',
  summary: 'Follow the desk',
  description:
    'Server-sent events. Each `data` is a frame; the `id` of a frame is the place to resume from, by `Last-Event-ID` or `since`. Without either it begins now.',
  request: {
    query: z.object({ since: place.optional().describe('`cursor` of what was read') }),
    headers: z.object({ 'last-event-id': lastEventId }),
  },
  responses: {
    200: {
      description: 'Frames, until the reader leaves',
      content: { 'text/event-stream': { schema: deskFrame } },
    },
    ...problemResponses(),
  },
});

const colleagues = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/desk/colleagues',
  summary: 'List those to whom a conversation can be given',
  responses: {
    200: { description: 'Whom to ask first in front', content: json(colleagueList) },
    ...problemResponses(),
  },
});

const availability = createRoute({
  ...shared,
  method: 'put',
  path: '/api/v1/desk/availability',
  summary: 'Say whether I take new conversations',
  request: { body: { content: json(availabilityRequest), required: true } },
  responses: { ...nothing, ...problemResponses('too_large', 'unsupported', 'storage_full') },
});

const presence = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/desk/presence',
  summary: 'Say which conversation I look at',
  description: 'Forgotten after 15 seconds: send it every 5 while the conversation is on the screen.',
  request: { body: { content: json(presenceRequest), required: true } },
  responses: { ...nothing, ...problemResponses('too_large', 'not_found') },
});

/** A command on one conversation. */
const command = <P extends string>(name: P, summary: string, description?: string) =>
  ({
    ...shared,
    method: 'post',
    path: `/api/v1/desk/conversations/{id}/${name}`,
    summary,
    description,
    request: { params: named },
    responses: {
      200: { description: 'The conversation as it is then', content: json(deskResult) },
      ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
    },
  }) as const;
const body = <S extends z.ZodType>(schema: S) => ({
  request: { params: named, body: { content: json(schema), required: true as const } },
});

const take = createRoute({
  ...command('take', 'Take it over', 'From a colleague only by naming them and saying why.'),
  ...body(takeRequest),
});
const reply = createRoute({
  ...command('replies', 'Reply to the customer', 'Takes it over. The same `id` twice is one reply.'),
  ...body(replyRequest),
});
const note = createRoute({
  ...command(
    'notes',
    'Write a note',
    'For colleagues; no customer sees it. The same `id` twice is one note.',
  ),
  ...body(noteRequest),
});
const transfer = createRoute({
  ...command('transfer', 'Give it to a person or a team'),
  ...body(transferRequest),
});
const release = createRoute(command('release', 'Give it back to the bot'));
const close = createRoute(command('close', 'Close it'));
const reopen = createRoute(command('reopen', 'Open it again'));

/** A comment for an empty portion: the answer begins, and its reader knows that it is connected. */
export async function* deskEvents(portions: AsyncIterable<Told[]>): AsyncGenerator<string> {
  for await (const told of portions)
    yield told.map(({ frame, place: id }) => sseEvent(frame, id)).join('') || ': open\n\n';
}

/** What agents work with. Needs `agent`. */
export function deskRoutes({ desk, stopping }: { desk: Desk; stopping: AbortSignal }) {
  return newRouter()
    .openapi(list, async (c) => c.json(await desk.inbox(c.get('principal'), c.req.valid('query')), 200))
    .openapi(read, async (c) => {
      const { before } = c.req.valid('query');
      return c.json(await desk.transcript(c.get('principal'), c.req.valid('param').id, before), 200);
    })
    .openapi(events, (c) => {
      const since = c.req.valid('header')['last-event-id'] ?? c.req.valid('query').since;
      return eventStream(c, (drop) => {
        const open = (signal: AbortSignal) =>
          deskEvents(desk.follow(c.get('principal'), since, signal, drop));
        return sseBody(open, { stop: stopping, drop });
      });
    })
    .openapi(colleagues, async (c) => c.json(await desk.colleagues(c.get('principal')), 200))
    .openapi(availability, async (c) => {
      await desk.setAvailability(c.get('principal'), c.req.valid('json').availability);
      return c.body(null, 204);
    })
    .openapi(presence, async (c) => {
      await desk.see(c.get('principal'), c.req.valid('json'));
      return c.body(null, 204);
    })
    .openapi(take, async (c) =>
      c.json(await desk.take(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(reply, async (c) =>
      c.json(await desk.reply(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(note, async (c) =>
      c.json(await desk.note(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(transfer, async (c) =>
      c.json(await desk.transfer(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(release, async (c) =>
      c.json(await desk.release(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(close, async (c) => c.json(await desk.close(c.get('principal'), c.req.valid('param').id), 200))
    .openapi(reopen, async (c) =>
      c.json(await desk.reopen(c.get('principal'), c.req.valid('param').id), 200),
    );
}
