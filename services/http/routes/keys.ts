import { createRoute, z } from '@hono/zod-openapi';
import { apiKey, createdKey, createKeyRequest, idempotencyKey, keyList, recordId } from '#contracts';
import type { KeyStore } from '../../identity/keys.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const shared = { tags: ['keys'], middleware: requireScope('admin') };

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/keys',
  summary: 'List API keys',
  responses: {
    200: { description: 'Every key, revoked ones too, oldest first', content: json(keyList) },
    ...problemResponses(),
  },
});

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/keys',
  summary: 'Create an API key',
  description:
    'The secret is in this answer and is never shown again. Sent again with the same `Idempotency-Key` it makes nothing more and answers 201 with the same key, without the secret.',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: { content: json(createKeyRequest), required: true },
  },
  responses: {
    201: { description: 'The key with its secret', content: json(createdKey) },
    ...problemResponses('too_large', 'conflict', 'storage_full'),
  },
});

const revoke = createRoute({
  ...shared,
  method: 'delete',
  path: '/api/v1/keys/{id}',
  summary: 'Revoke an API key',
  request: { params: z.object({ id: recordId }) },
  responses: {
    200: { description: 'The revoked key', content: json(apiKey) },
    ...problemResponses('not_found', 'storage_full'),
  },
});

/** API keys. Needs `admin`. */
export function keyRoutes({ keys }: { keys: KeyStore }) {
  return newRouter()
    .openapi(list, async (c) => c.json({ keys: await keys.list(c.get('principal').tenant) }, 200))
    .openapi(create, async (c) => {
      const request = c.req.valid('json');
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await keys.create(c.get('principal'), request, key), 201);
    })
    .openapi(revoke, async (c) =>
      c.json(await keys.revoke(c.get('principal'), c.req.valid('param').id), 200),
    );
}
