import { createRoute, z } from '@hono/zod-openapi';
import { modelDetail, modelList, modelPull, modelPullList, modelStatus, pullRequest } from '#contracts';
import type { Services } from '../../container.ts';
import type { Inference } from '../../inference.ts';
import { statusOf } from '../../models/status.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';

const reading = { tags: ['models'], middleware: requireScope('inference') };
const changing = { tags: ['models'], middleware: requireScope('admin') };
const named = { params: z.object({ id: z.string().max(200) }) };

const list = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/models',
  operationId: 'listModels',
  summary: 'Every model, its state, and how good and how fast it was measured to be',
  responses: { 200: { description: 'The models', content: json(modelList) }, ...problemResponses() },
});

const read = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/models/{id}',
  operationId: 'readModel',
  summary: 'One model with its card',
  request: named,
  responses: {
    200: { description: 'The model', content: json(modelDetail) },
    ...problemResponses('not_found'),
  },
});

const remove = createRoute({
  ...changing,
  method: 'delete',
  path: '/api/v1/models/{id}',
  summary: 'Remove a model with its files',
  description: 'Bundled models stay, and so does one that somebody is waiting for an answer of.',
  request: named,
  responses: {
    204: { description: 'It is gone' },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const verify = createRoute({
  ...changing,
  method: 'post',
  path: '/api/v1/models/{id}/verification',
  summary: 'Compare the files of a model with their checksums',
  description:
    'A damaged model is served no more, and a mended one is again. Takes a second for a gigabyte or two.',
  request: named,
  responses: {
    200: { description: 'The model', content: json(modelStatus) },
    ...problemResponses('not_found'),
  },
});

const pin = createRoute({
  ...changing,
  method: 'put',
  path: '/api/v1/models/{id}/pin',
  summary: 'Have every worker hold a model at all times',
  request: named,
  responses: {
    200: { description: 'The model', content: json(modelStatus) },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const unpin = createRoute({
  ...changing,
  method: 'delete',
  path: '/api/v1/models/{id}/pin',
  summary: 'Let a model be loaded when it is asked for, as others are',
  request: named,
  responses: {
    200: { description: 'The model', content: json(modelStatus) },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const pull = createRoute({
  ...changing,
  method: 'post',
  path: '/api/v1/models/pulls',
  summary: 'Bring a model from the hub',
  description:
    'Goes on in the background, and takes up what an earlier pull left. The model is pinned to one commit, every file of it is checked, and it is served when it is whole.',
  request: { body: { content: json(pullRequest), required: true } },
  responses: {
    202: { description: 'It is on its way', content: json(modelPull) },
    ...problemResponses('conflict', 'unsupported', 'too_large', 'storage_full'),
  },
});

const pulls = createRoute({
  ...changing,
  method: 'get',
  path: '/api/v1/models/pulls',
  summary: 'The models that are on their way, or were since the server started',
  responses: { 200: { description: 'The pulls', content: json(modelPullList) }, ...problemResponses() },
});

const readPull = createRoute({
  ...changing,
  method: 'get',
  path: '/api/v1/models/pulls/{id}',
  summary: 'How far a pull is',
  request: named,
  responses: {
    200: { description: 'The pull', content: json(modelPull) },
    ...problemResponses('not_found'),
  },
});

const cancelPull = createRoute({
  ...changing,
  method: 'delete',
  path: '/api/v1/models/pulls/{id}',
  summary: 'Cancel a pull',
  description: 'What has come is kept for the next pull of the same commit.',
  request: named,
  responses: {
    200: { description: 'The pull as it ended', content: json(modelPull) },
    ...problemResponses('not_found', 'storage_full'),
  },
});

/** The models of the installation. Reading needs `inference`, changing `admin`. */
export function modelRoutes({ inference, models }: Pick<Services, 'inference' | 'models'>) {
  return newRouter()
    .openapi(list, (c) => c.json(listOf(inference), 200))
    .openapi(pulls, (c) => c.json({ pulls: models.pulls.list() }, 200))
    .openapi(pull, async (c) => c.json(await models.pull(c.get('principal'), c.req.valid('json')), 202))
    .openapi(readPull, (c) => c.json(models.pulls.get(c.req.valid('param').id), 200))
    .openapi(cancelPull, async (c) =>
      c.json(await models.cancelPull(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(read, async (c) => c.json(await detailOf(inference, c.req.valid('param').id), 200))
    .openapi(remove, async (c) => {
      await models.remove(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(verify, async (c) => c.json(await models.verify(c.req.valid('param').id), 200))
    .openapi(pin, async (c) =>
      c.json(await models.pin(c.get('principal'), c.req.valid('param').id, true), 200),
    )
    .openapi(unpin, async (c) =>
      c.json(await models.pin(c.get('principal'), c.req.valid('param').id, false), 200),
    );
}

function listOf(inference: Inference) {
  const { catalogue, unusable } = inference;
  return { models: catalogue.cards.map((card) => statusOf(inference, card)), unusable };
}

async function detailOf(inference: Inference, id: string) {
  const card = inference.catalogue.get(id);
  return { ...statusOf(inference, card), cardText: await inference.store.cardText(card) };
}
