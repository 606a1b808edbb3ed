import { createRoute, z } from '@hono/zod-openapi';
import { createExampleRequest, example, exampleList, idempotencyKey, recordId } from '#contracts';
import type { ExampleStore } from '../../examples.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const shared = { tags: ['examples'], middleware: requireScope('inference') };

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/examples',
  summary: 'List saved examples',
  responses: {
    200: { description: 'Oldest first', content: json(exampleList) },
    ...problemResponses(),
  },
});

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/examples',
  summary: 'Save an example',
  description:
    'Sent again with the same `Idempotency-Key` it saves nothing more and answers as the first time.',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: { content: json(createExampleRequest), required: true },
  },
  responses: {
    201: { description: 'The saved example', content: json(example) },
    ...problemResponses('too_large', 'conflict', 'storage_full'),
  },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/api/v1/examples/{id}',
  summary: 'Delete an example',
  request: { params: z.object({ id: recordId }) },
  responses: {
    204: { description: 'It is gone' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

/** Saved playground inputs. Needs `inference`. */
export function exampleRoutes({ examples }: { examples: ExampleStore }) {
  return newRouter()
    .openapi(list, async (c) => c.json({ examples: await examples.list(c.get('principal').tenant) }, 200))
    .openapi(create, async (c) => {
      const request = c.req.valid('json');
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await examples.create(c.get('principal').tenant, request, key), 201);
    })
    .openapi(remove, async (c) => {
      await examples.remove(c.get('principal').tenant, c.req.valid('param').id);
      return c.body(null, 204);
    });
}
