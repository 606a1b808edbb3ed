import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  asParlanceError,
  classifierReference,
  type ModelCard,
  ParlanceError,
  pipelineAnswer,
  pipelineRequest,
} from '#contracts';
import type { Heads } from '#nlp';
import type { Services } from '../../../container.ts';
import { callerOf } from '../../caller.ts';
import type { AppEnv } from '../../env.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, newRouter } from '../../router.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelines } from './pipelines.ts';

const id = z
  .string()
  .max(200)
  .describe('An id of GET /api/v1/models, or a classifier that was trained here: its name, or name@version');
const shared = {
  method: 'post' as const,
  tags: ['hugging face'],
  middleware: requireScope('inference'),
  responses: {
    200: {
      description: 'One entry per input',
      content: { 'application/json': { schema: pipelineAnswer } },
    },
    ...errorResponses('huggingFace', 'not_found', 'too_large', 'timeout', 'model_unavailable'),
  },
};
const body = { required: true, content: { 'application/json': { schema: pipelineRequest } } };

const byModel = createRoute({
  ...shared,
  path: '/hf/models/{id}',
  summary: 'A model, for Hugging Face’s clients',
  description:
    'The pipeline is the model’s own, such as text-classification or summarization; of an embedder the body tells sentence-similarity, zero-shot-classification and feature-extraction apart.',
  request: { params: z.object({ id }), body },
});

const byPipeline = createRoute({
  ...shared,
  path: '/hf/models/{id}/pipeline/{task}',
  summary: 'A pipeline of a model, for Hugging Face’s clients',
  request: {
    params: z.object({ id, task: z.string().max(100).describe(Object.keys(pipelines).join(', ')) }),
    body,
  },
});

/** What Hugging Face's clients ask for. An id with a slash may be written as it is. */
export function huggingFaceRoutes({ inference, classifiers }: Pick<Services, 'inference' | 'classifiers'>) {
  const { catalogue } = inference;
  const answer = async (c: Context<AppEnv>, model: string, task?: string) => {
    const request: unknown = await c.req.json();
    const caller = callerOf(c);
    // A model goes before a classifier of the same name.
    const trained = !catalogue.find(model) && (await hasClassifier(classifiers, caller.tenant, model));
    // Like sentiment it has labels of its own, and no others.
    const card: Called = trained ? { id: model, task: 'sentiment' } : catalogue.get(model);
    const pipeline = task === undefined ? pipelineFor(card, request) : pipelineNamed(card, task);
    const call = { inference, model, trained, caller };
    const { answer: found, headers } = await pipeline.run(request, call);
    return c.json(found, 200, headers);
  };
  const router = newRouter()
    .openapi(byModel, (c) => answer(c, c.req.valid('param').id))
    .openapi(byPipeline, (c) => answer(c, c.req.valid('param').id, c.req.valid('param').task));
  const named = (c: Context<AppEnv>) => `${c.req.param('owner')}/${c.req.param('name')}`;
  router.post('/hf/models/:owner/:name', shared.middleware, (c) => answer(c, named(c)));
  router.post('/hf/models/:owner/:name/pipeline/:task', shared.middleware, (c) =>
    answer(c, named(c), c.req.param('task')),
  );
  return router;
}

type Called = Pick<ModelCard, 'id' | 'task'>;

async function hasClassifier(heads: Heads, tenant: string, name: string): Promise<boolean> {
  if (!classifierReference.safeParse(name).success) return false;
  return await heads.find(tenant, name).then(
    () => true,
    (error) => {
      if (asParlanceError(error).code === 'not_found') return false;
      throw error;
    },
  );
}

const forModel = ({ task }: Called) =>
  Object.entries(pipelines).filter(([, each]) => each.tasks.includes(task));

/** @throws ParlanceError `unsupported` for a model that no pipeline runs */
function pipelineFor(card: Called, request: unknown): Pipeline {
  const own = forModel(card).map(([, each]) => each);
  // What none takes is told what is wrong by the one that is most for it.
  const usual = own.findLast(({ tasks }) => tasks[0] === card.task) ?? own.at(-1);
  const found = own.find((each) => each.takes(request)) ?? usual;
  if (found) return found;
  const place = card.task === 'chat' ? '/v1/chat/completions' : `/api/v1/${card.task}`;
  throw ParlanceError.field('/id', `${card.id} has no pipeline. Call it at ${place}.`, 'unsupported');
}

/** @throws ParlanceError `not_found` for a pipeline that is not there, `unsupported` for one that is not the model's */
function pipelineNamed(card: Called, task: string): Pipeline {
  const found = Object.hasOwn(pipelines, task) ? pipelines[task] : undefined;
  if (!found) {
    const names = Object.keys(pipelines).join(', ');
    throw ParlanceError.field('/task', `There is no pipeline ${task}. Use one of ${names}.`, 'not_found');
  }
  if (found.tasks.includes(card.task)) return found;
  const own = forModel(card).map(([name]) => name);
  throw ParlanceError.field(
    '/task',
    `${card.id} is not for ${task}. ${own.length > 0 ? `Use ${own.join(' or ')}.` : 'No pipeline runs it.'}`,
    'unsupported',
  );
}
