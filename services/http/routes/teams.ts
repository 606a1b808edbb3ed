import { createRoute, z } from '@hono/zod-openapi';
import { idempotencyKey, recordId, saveTeamRequest, team, teamList } from '#contracts';
import type { TeamStore } from '../../people/teams.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const base = '/api/v1/teams';
const managed = { tags: ['teams'], middleware: requireScope('admin') };
const byId = { params: z.object({ id: recordId }) };
const saved = { body: { content: json(saveTeamRequest), required: true } };

const list = createRoute({
  tags: ['teams'],
  middleware: requireScope('agent'),
  method: 'get',
  path: base,
  summary: 'List teams',
  responses: { 200: { description: 'By name', content: json(teamList) }, ...problemResponses() },
});

const create = createRoute({
  ...managed,
  method: 'post',
  path: base,
  summary: 'Make a team',
  description:
    'Sent again with the same `Idempotency-Key` it makes nothing more and answers as the first time.',
  request: { ...saved, headers: z.object({ 'idempotency-key': idempotencyKey.optional() }) },
  responses: {
    201: { description: 'The team', content: json(team) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const rename = createRoute({
  ...managed,
  method: 'patch',
  path: `${base}/{id}`,
  summary: 'Rename a team',
  request: { ...byId, ...saved },
  responses: {
    200: { description: 'The team', content: json(team) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const remove = createRoute({
  ...managed,
  method: 'delete',
  path: `${base}/{id}`,
  summary: 'Remove a team',
  description: 'Its members stay. Refused while conversations wait for it.',
  request: byId,
  responses: {
    204: { description: 'It is gone' },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

/** Teams. Managing them needs `admin`, seeing them `agent`. */
export function teamRoutes({ people: { teams } }: { people: { teams: TeamStore } }) {
  return newRouter()
    .openapi(list, async (c) => c.json({ teams: await teams.list(c.get('principal').tenant) }, 200))
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await teams.create(c.get('principal'), c.req.valid('json'), key), 201);
    })
    .openapi(rename, async (c) =>
      c.json(await teams.rename(c.get('principal'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(remove, async (c) => {
      await teams.remove(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}
