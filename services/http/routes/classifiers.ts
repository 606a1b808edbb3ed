import { createRoute, z } from '@hono/zod-openapi';
import {
  classifier,
  classifierList,
  classifierName,
  classifierVersions,
  idempotencyKey,
  trainClassifierRequest,
} from '#contracts';
import type { Classifiers } from '../../classifiers/classifiers.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const shared = { tags: ['classifiers'] };
const named = { params: z.object({ name: classifierName }) };

const list = createRoute({
  ...shared,
  middleware: requireScope('inference'),
  method: 'get',
  path: '/api/v1/classifiers',
  summary: 'List classifiers',
  responses: {
    200: {
      description: 'The newest version of each, in the order of their names',
      content: json(classifierList),
    },
    ...problemResponses(),
  },
});

const train = createRoute({
  ...shared,
  middleware: requireScope('train'),
  method: 'post',
  path: '/api/v1/classifiers',
  summary: 'Train a classifier',
  description:
    'Trains on labelled rows, measures itself on rows that were held out, and serves at once as `{"options": {"classifier": name}}` of `POST /api/v1/classifications`. A name that is there gets a new version. Takes seconds for hundreds of rows and minutes for tens of thousands; one is trained at a time.',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: { content: json(trainClassifierRequest), required: true },
  },
  responses: {
    201: { description: 'The new version and how well it does', content: json(classifier) },
    ...problemResponses('conflict', 'too_large', 'timeout', 'model_unavailable', 'storage_full'),
  },
});

const versions = createRoute({
  ...shared,
  middleware: requireScope('inference'),
  method: 'get',
  path: '/api/v1/classifiers/{name}',
  summary: 'The versions of a classifier',
  request: named,
  responses: {
    200: { description: 'Newest first', content: json(classifierVersions) },
    ...problemResponses('not_found'),
  },
});

const remove = createRoute({
  ...shared,
  middleware: requireScope('train'),
  method: 'delete',
  path: '/api/v1/classifiers/{name}',
  summary: 'Delete a classifier with every version',
  request: named,
  responses: {
    204: { description: 'It is gone' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

/** Classifiers trained on a tenant's rows. Reading needs `inference`, changing `train`. */
export function classifierRoutes({ classifiers }: { classifiers: Classifiers }) {
  return newRouter()
    .openapi(list, async (c) =>
      c.json({ classifiers: await classifiers.list(c.get('principal').tenant) }, 200),
    )
    .openapi(train, async (c) => {
      const call = { signal: c.req.raw.signal, idempotencyKey: c.req.valid('header')['idempotency-key'] };
      return c.json(await classifiers.train(c.get('principal'), c.req.valid('json'), call), 201);
    })
    .openapi(versions, async (c) => {
      const { name } = c.req.valid('param');
      return c.json({ name, versions: await classifiers.versions(c.get('principal').tenant, name) }, 200);
    })
    .openapi(remove, async (c) => {
      await classifiers.remove(c.get('principal'), c.req.valid('param').name);
      return c.body(null, 204);
    });
}
