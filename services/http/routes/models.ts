import { createRoute, z } from '@hono/zod-openapi';
import { modelDetail, modelList } from '#contracts';
import type { Inference } from '../../inference.ts';
import { statusOf } from '../../models/status.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/models',
  operationId: 'listModels',
  tags: ['models'],
  summary: 'Every model, its state and its measured quality',
  middleware: [requireScope('inference')],
  responses: {
    200: { description: 'The models', content: { 'application/json': { schema: modelList } } },
    ...problemResponses(),
  },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/models/{id}',
  operationId: 'readModel',
  tags: ['models'],
  summary: 'One model with its card',
  middleware: [requireScope('inference')],
  request: { params: z.object({ id: z.string().max(200) }) },
  responses: {
    200: { description: 'The model', content: { 'application/json': { schema: modelDetail } } },
    ...problemResponses('not_found'),
  },
});

export function modelRoutes(inference: Inference) {
  const router = newRouter();
  router.openapi(list, (c) => c.json(listOf(inference), 200));
  router.openapi(read, async (c) => c.json(await detailOf(inference, c.req.valid('param').id), 200));
  return router;
}

function listOf(inference: Inference) {
  const { catalogue, unusable } = inference;
  return { models: catalogue.cards.map((card) => statusOf(inference, card)), unusable };
}

async function detailOf(inference: Inference, id: string) {
  const card = inference.catalogue.get(id);
  return { ...statusOf(inference, card), cardText: await inference.store.cardText(card) };
}
