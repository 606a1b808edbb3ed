import { createRoute, z } from '@hono/zod-openapi';
import { type OpenAiModel, openAiModel, openAiModelList, ParlanceError } from '#contracts';
import type { Services } from '../../../container.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, newRouter } from '../../router.ts';

const shared = { tags: ['openai'], middleware: requireScope('inference', 'chat') };

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/v1/models',
  summary: 'What /v1/embeddings and /v1/chat/completions can be asked of',
  responses: {
    200: { description: 'The models', content: { 'application/json': { schema: openAiModelList } } },
    ...errorResponses('openai'),
  },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: '/v1/models/{id}',
  summary: 'One of them',
  request: { params: z.object({ id: z.string().max(200) }) },
  responses: {
    200: { description: 'The model', content: { 'application/json': { schema: openAiModel } } },
    ...errorResponses('openai', 'not_found'),
  },
});

export function modelRoutes({
  inference,
  answerers,
  startedAt,
}: Pick<Services, 'inference' | 'answerers' | 'startedAt'>) {
  const created = Math.floor(startedAt.getTime() / 1000);
  const entry = (id: string, owned_by: string): OpenAiModel => ({ id, object: 'model', created, owned_by });
  const models = () => [
    ...answerers.all.map(({ id, ownedBy }) => entry(id, ownedBy)),
    ...inference.catalogue.cards
      .filter(({ task }) => task === 'embeddings')
      .map(({ id, source }) => entry(id, source)),
  ];
  const find = (id: string) => {
    const model = models().find((each) => each.id === id);
    if (model) return model;
    const detail = `There is no model ${id}. GET /v1/models lists what there is.`;
    throw ParlanceError.field('/model', detail, 'not_found');
  };

  const router = newRouter()
    .openapi(list, (c) => c.json({ object: 'list' as const, data: models() }, 200))
    .openapi(read, (c) => c.json(find(c.req.valid('param').id), 200));
  // Not every client encodes the slash of an id.
  router.get('/v1/models/:owner/:name', shared.middleware, (c) =>
    c.json(find(`${c.req.param('owner')}/${c.req.param('name')}`), 200),
  );
  return router;
}
