import { createRoute, z } from '@hono/zod-openapi';
import {
  acceptInvitationRequest,
  changeUserRequest,
  createdInvitation,
  idempotencyKey,
  invitationList,
  invitationOffer,
  invitationToken,
  inviteRequest,
  recordId,
  session,
  type User,
  user,
  userList,
} from '#contracts';
import type { People } from '../../people/index.ts';
import { allows, type Principal } from '../../principal.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';
import { begin, deviceOf } from './session.ts';

const base = '/api/v1/people';
const seen = { tags: ['people'], middleware: requireScope('agent') };
const managed = { tags: ['people'], middleware: requireScope('admin') };
const offered = { tags: ['people'], security: [{}] };
const byId = { params: z.object({ id: recordId }) };
const byToken = z.object({ token: invitationToken });

const list = createRoute({
  ...seen,
  method: 'get',
  path: base,
  summary: 'List people',
  description: 'Disabled ones too. E-mail addresses are for those who manage people.',
  responses: {
    200: { description: 'In the order in which they came', content: json(userList) },
    ...problemResponses(),
  },
});

const invitations = createRoute({
  ...managed,
  method: 'get',
  path: `${base}/invitations`,
  summary: 'List open invitations',
  responses: { 200: { description: 'Oldest first', content: json(invitationList) }, ...problemResponses() },
});

const invite = createRoute({
  ...managed,
  method: 'post',
  path: `${base}/invitations`,
  summary: 'Invite somebody',
  description:
    'The token is in this answer and is never shown again: send `<server>/invitation/<token>` to the address. It works once, for seven days. Sent again with the same `Idempotency-Key` it makes nothing more and answers without the token.',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: { content: json(inviteRequest), required: true },
  },
  responses: {
    201: { description: 'The invitation with its token', content: json(createdInvitation) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const withdraw = createRoute({
  ...managed,
  method: 'delete',
  path: `${base}/invitations/{id}`,
  summary: 'Withdraw an invitation',
  request: byId,
  responses: {
    204: { description: 'It is worth nothing any more' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const offer = createRoute({
  ...offered,
  method: 'get',
  path: `${base}/invitations/{token}/accept`,
  summary: 'What an invitation offers',
  request: { params: byToken },
  responses: {
    200: { description: 'It can be accepted', content: json(invitationOffer) },
    ...problemResponses('not_found'),
  },
});

const accept = createRoute({
  ...offered,
  method: 'post',
  path: `${base}/invitations/{token}/accept`,
  summary: 'Accept an invitation',
  description: 'Uses it up and signs its holder in: the answer sets the cookie.',
  request: { params: byToken, body: { content: json(acceptInvitationRequest), required: true } },
  responses: {
    200: { description: 'Who is signed in', content: json(session) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const read = createRoute({
  ...seen,
  method: 'get',
  path: `${base}/{id}`,
  summary: 'One person',
  request: byId,
  responses: { 200: { description: 'The person', content: json(user) }, ...problemResponses('not_found') },
});

const change = createRoute({
  ...managed,
  method: 'patch',
  path: `${base}/{id}`,
  summary: 'Change a person',
  description: 'Their name, roles and teams, and whether they are disabled, which signs them out everywhere.',
  request: { ...byId, body: { content: json(changeUserRequest), required: true } },
  responses: {
    200: { description: 'The person as changed', content: json(user) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const reset = createRoute({
  ...managed,
  method: 'post',
  path: `${base}/{id}/reset`,
  summary: 'Offer a person a new password',
  description: 'Answers as for an invitation. The old password works until the new one is chosen.',
  request: byId,
  responses: {
    201: { description: 'The offer with its token', content: json(createdInvitation) },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

/** People and invitations. Managing them needs `admin`, seeing who is there `agent`. */
export function peopleRoutes({ people }: { people: People }) {
  const { users, invitations: invited } = people;
  return newRouter()
    .openapi(list, async (c) => {
      const all = await users.list(c.get('principal').tenant);
      return c.json({ users: all.map((each) => shown(each, c.get('principal'))) }, 200);
    })
    .openapi(invitations, async (c) =>
      c.json({ invitations: await invited.list(c.get('principal').tenant) }, 200),
    )
    .openapi(invite, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await invited.create(c.get('principal'), c.req.valid('json'), key), 201);
    })
    .openapi(withdraw, async (c) => {
      await invited.withdraw(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(offer, async (c) => c.json(await invited.offer(c.req.valid('param').token), 200))
    .openapi(accept, async (c) => {
      const token = await invited.accept(c.req.valid('param').token, c.req.valid('json'), deviceOf(c));
      return c.json(await begin(c, people, token), 200);
    })
    .openapi(read, async (c) => {
      const found = await users.get(c.get('principal').tenant, c.req.valid('param').id);
      return c.json(shown(found, c.get('principal')), 200);
    })
    .openapi(change, async (c) =>
      c.json(await users.change(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(reset, async (c) =>
      c.json(await invited.reset(c.get('principal'), c.req.valid('param').id), 201),
    );
}

/** What a reader may see of a person. */
function shown(who: User, reader: Principal): User {
  return allows(reader, 'admin') || reader.user?.id === who.id ? who : { ...who, email: null };
}
