import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import { openAiEmbeddings, openAiEmbeddingsRequest, ParlanceError } from '#contracts';
import type { Services } from '../../../container.ts';
import { callerOf } from '../../caller.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, newRouter } from '../../router.ts';
import { refuseDimensions } from '../../vectors.ts';
import { runWhole } from '../../whole-call.ts';

const embed = createRoute({
  method: 'post',
  path: '/v1/embeddings',
  tags: ['openai'],
  summary: 'Embeddings, for OpenAI’s clients',
  description:
    'Vectors of unit length. `parlance.truncated` says whether a text was too long to be read whole.',
  middleware: requireScope('inference'),
  request: { body: { required: true, content: { 'application/json': { schema: openAiEmbeddingsRequest } } } },
  responses: {
    200: { description: 'A vector per text', content: { 'application/json': { schema: openAiEmbeddings } } },
    ...errorResponses('openai', 'not_found', 'too_large', 'timeout', 'model_unavailable'),
  },
});

export function embeddingRoutes({ inference }: Pick<Services, 'inference'>) {
  const { tasks, catalogue } = inference;
  return newRouter().openapi(embed, async (c) => {
    const { input, model, encoding_format, dimensions } = c.req.valid('json');
    const texts = textsOf(input);
    const card = catalogue.forTask(['embeddings'], model);
    refuseDimensions(card, dimensions);
    const pointer = (at: number) => (typeof input === 'string' ? '/input' : `/input/${at}`);
    const options = { encoding: encoding_format ?? ('float' as const) };
    const { results, usage } = await runWhole(
      tasks,
      'embeddings',
      { texts, model, options, pointer },
      callerOf(c),
    );
    return c.json(
      {
        object: 'list' as const,
        data: results.map(({ vector }, index) => ({
          object: 'embedding' as const,
          index,
          embedding: vector,
        })),
        model,
        usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens },
        parlance: { truncated: usage.truncated },
      },
      200,
    );
  });
}

/** @throws ParlanceError for token ids, whose meaning differs between models */
function textsOf(input: z.infer<typeof openAiEmbeddingsRequest>['input']): string[] {
  const list = typeof input === 'string' ? [input] : input;
  if (list.every((each) => typeof each === 'string')) return list;
  throw ParlanceError.field(
    '/input',
    'These are token ids, which are those of another model. Send texts; LangChain does with check_embedding_ctx_length=False.',
    'unsupported',
  );
}
